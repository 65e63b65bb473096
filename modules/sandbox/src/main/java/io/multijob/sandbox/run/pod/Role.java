package io.multijob.sandbox.run.pod;

/// What a container is in its pod.
public enum Role {
  /// Runs to its end before the next container starts.
  INIT,
  /// A native sidecar: starts among the init containers, and ends after the regular ones.
  SIDECAR,
  /// Runs beside the others of its kind; the pod is over when all have ended.
  REGULAR;

  /// Whether a container of this role that has ended is started again.
  boolean restartsAfter(int exitCode, RestartPolicy policy) {
    return switch (this) {
      case INIT -> exitCode != 0 && policy != RestartPolicy.NEVER;
      case SIDECAR -> true;
      case REGULAR -> policy.restartsAfter(exitCode);
    };
  }
}
