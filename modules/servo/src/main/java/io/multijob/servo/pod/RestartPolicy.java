package io.multijob.servo.pod;

/// A pod's `spec.restartPolicy`, or a container's own.
public enum RestartPolicy {
  NEVER,
  /// `OnFailure` or `Always`: the container can be started again after its end.
  AGAIN;

  /// What the API's word means. A container without its own word follows its pod.
  public static RestartPolicy of(String word) {
    return "Never".equals(word) ? NEVER : AGAIN;
  }
}
