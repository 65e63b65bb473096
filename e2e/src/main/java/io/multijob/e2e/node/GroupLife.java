package io.multijob.e2e.node;

import java.time.Duration;
import java.time.Instant;

/// The times of a container's group by the kernel's own clock.
///
/// @param made when the first of its directories was made that count CPU time or memory
/// @param entered when the runtime had put its first process into all of them
/// @param executed when that, or a child of it, became the workload's program
/// @param emptied when its last process had gone
public record GroupLife(Instant made, Instant entered, Instant executed, Instant emptied) {

  /// What the group lasted.
  public Duration duration() {
    return Duration.between(made, emptied);
  }
}
