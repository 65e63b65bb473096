package io.multijob.e2e.chaos.show;

import java.time.Duration;
import java.util.List;

/// What an absence of the service left, and how it went away.
///
/// @param reports how many waited when the service came back
/// @param pause from the service's return until the first report came
/// @param drain from the first report that came until none waited any more
/// @param memory the servo's, from the first pod to the last report
public record Backlog(long reports, Duration pause, Duration drain, List<Footprint> memory) {
  private static final double MILLIS_PER_SECOND = 1_000;

  public Backlog {
    memory = List.copyOf(memory);
  }

  /// How much memory of the machine the servo used at some time.
  ///
  /// @param waiting how many reports waited
  public record Footprint(long waiting, long residentBytes) {}

  /// How many reports a second went to the service.
  public double rate() {
    return reports * MILLIS_PER_SECOND / Math.max(1, drain.toMillis());
  }
}
