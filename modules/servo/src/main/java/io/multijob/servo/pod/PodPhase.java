package io.multijob.servo.pod;

/// The API's `status.phase`.
public enum PodPhase {
  PENDING,
  RUNNING,
  SUCCEEDED,
  FAILED,
  UNKNOWN;

  public static PodPhase of(String word) {
    return switch (word) {
      case "Pending" -> PENDING;
      case "Running" -> RUNNING;
      case "Succeeded" -> SUCCEEDED;
      case "Failed" -> FAILED;
      default -> UNKNOWN;
    };
  }

  /// True when no container of the pod will ever run again.
  public boolean ended() {
    return this == SUCCEEDED || this == FAILED;
  }
}
