package io.multijob.e2e.chaos.ledger;

import java.time.Duration;

/// By what the trial judges.
///
/// @param margin how long a servo that was well may take to put on its disk what the API server
///   tells it: one that was killed sooner is not blamed
/// @param delivery how long a servo and a service that were well may take to have a run delivered,
///   figures waited for that never come
/// @param recovery for how long after a disturbance of the service nobody is blamed that a run was
///   not delivered: reports that failed wait before they go again
/// @param state what became of the servo's disk at each kill
public record Rules(Duration margin, Duration delivery, Duration recovery, State state) {

  /// What became of the servo's disk at each kill.
  public enum State {
    KEPT,
    EMPTIED
  }

  /// The same, where a servo is blamed for all that it was told.
  Rules withoutMargin() {
    return new Rules(Duration.ZERO, delivery, recovery, state);
  }

  public static Rules with(Duration margin, State state) {
    return new Rules(margin, Duration.ofSeconds(10), Duration.ofSeconds(15), state);
  }
}
