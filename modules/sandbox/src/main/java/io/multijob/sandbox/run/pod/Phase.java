package io.multijob.sandbox.run.pod;

/// Where a pod is, in one word.
///
/// @see <a href="https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-phase">Pod
///   phase</a>
public enum Phase {
  PENDING("Pending"),
  RUNNING("Running"),
  SUCCEEDED("Succeeded"),
  FAILED("Failed");

  private final String apiName;

  Phase(String apiName) {
    this.apiName = apiName;
  }

  /// The phase of a pod. It becomes a final one only when nothing of the pod is left.
  static Phase of(PodState state) {
    if (state.isFinished()) {
      boolean missedItsDeadline =
          state.stop().filter(stop -> stop.reason() == Stop.Reason.DEADLINE_EXCEEDED).isPresent();
      return !missedItsDeadline && state.regular().allMatch(Container::hasSucceeded)
          ? SUCCEEDED
          : FAILED;
    }
    return !state.isInitialized() || state.regular().anyMatch(Container::isUntouched)
        ? PENDING
        : RUNNING;
  }

  boolean isFinal() {
    return this == SUCCEEDED || this == FAILED;
  }

  /// As the API spells it.
  public String apiName() {
    return apiName;
  }
}
