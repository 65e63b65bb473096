package io.multijob.podmon;

import io.multijob.cgroup.Group;
import io.multijob.cgroup.Reading;
import java.time.Instant;

/// A container of the pod other than podmon's own.
///
/// @param id the runtime's id of it, without the runtime's name
/// @param before what it had used when podmon watched first; [Reading#NOTHING] for one made later
record Container(String id, Group group, Arrival arrival, Reading before, Phase phase) {

  /// Whether podmon saw it come.
  enum Arrival {
    /// It was there before podmon's own: pause, a native sidecar further up, or beside a regular
    /// podmon the workload.
    FOUND,
    /// It was made after podmon's own.
    SEEN
  }

  /// It had used that much when podmon watched first.
  Container foundAt(Reading used) {
    return new Container(id, group, arrival, used, phase);
  }

  /// A process is in it, at `at` the latest.
  Container entered(Instant at) {
    return switch (phase) {
      case Phase.Made _ -> in(new Phase.Running(at));
      case Phase.Running _ -> this;
      case Phase.Ended(Instant started, _, _) -> in(new Phase.Running(started));
    };
  }

  /// The last process has left it. Never before its start, whatever the clock has done meanwhile.
  Container ended(Instant at, Reading used) {
    if (hasEnded()) {
      return this;
    }
    return in(new Phase.Ended(since(), at.isBefore(since()) ? since() : at, used));
  }

  boolean isRunning() {
    return phase instanceof Phase.Running;
  }

  boolean hasEnded() {
    return phase instanceof Phase.Ended;
  }

  /// Whether podmon saw it come and it still has processes.
  boolean isSeenRunning() {
    return arrival == Arrival.SEEN && isRunning();
  }

  /// When it started; when its group was made, as long as no process was in it.
  Instant since() {
    return switch (phase) {
      case Phase.Made(Instant made) -> made;
      case Phase.Running(Instant started) -> started;
      case Phase.Ended(Instant started, _, _) -> started;
    };
  }

  /// Whether it was running at `time`; at its start always.
  boolean ranAt(Instant time) {
    return switch (phase) {
      case Phase.Made _ -> false;
      case Phase.Running(Instant started) -> !time.isBefore(started);
      case Phase.Ended(Instant started, Instant finished, _) ->
          time.equals(started) || (time.isAfter(started) && time.isBefore(finished));
    };
  }

  private Container in(Phase next) {
    return new Container(id, group, arrival, before, next);
  }
}
