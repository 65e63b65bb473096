package io.multijob.sandbox.run.pod;

/// Whether a container that has ended is started again.
public enum RestartPolicy {
  NEVER,
  ON_FAILURE,
  ALWAYS;

  static RestartPolicy of(String name) {
    return switch (name) {
      case "Never" -> NEVER;
      case "OnFailure" -> ON_FAILURE;
      default -> ALWAYS;
    };
  }

  boolean restartsAfter(int exitCode) {
    return switch (this) {
      case NEVER -> false;
      case ON_FAILURE -> exitCode != 0;
      case ALWAYS -> true;
    };
  }
}
