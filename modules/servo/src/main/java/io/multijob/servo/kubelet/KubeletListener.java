package io.multijob.servo.kubelet;

/// Is told how requests to kubelets end. Called by many threads; must not block.
@FunctionalInterface
public interface KubeletListener {

  /// How a request ended.
  enum Outcome {
    /// It was answered with a summary.
    ANSWERED,
    /// The kubelet does not take our credentials, or we lack the permission `nodes/stats`.
    DENIED,
    /// Nobody we trust vouches for its certificate.
    UNTRUSTED,
    /// It was not found or did not answer, or not with a summary.
    FAILED,
    /// It was not asked, for it did not let us before, or too much was asked at once.
    SKIPPED
  }

  void asked(Outcome outcome);
}
