package io.multijob.podmon;

import io.multijob.cgroup.Reading;
import java.time.Instant;

/// How far a container has come.
sealed interface Phase {

  /// Its group is there; no process of it has been seen.
  record Made(Instant at) implements Phase {}

  /// It has processes.
  record Running(Instant started) implements Phase {}

  /// It has none any more.
  ///
  /// @param used its figures, read when it had ended and its group was still there; those that went
  ///   too fast are unknown
  record Ended(Instant started, Instant finished, Reading used) implements Phase {}
}
