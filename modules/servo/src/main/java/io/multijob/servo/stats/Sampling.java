package io.multijob.servo.stats;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// How far the asking for samples of one run has come.
///
/// @param answers how many have come
/// @param underWay whether one is awaited
/// @param lastAsked when; the beginning of time when never
/// @param sample all that came, as one; empty or one
record Sampling(int answers, boolean underWay, Instant lastAsked, List<Sample> sample) {
  static final Sampling NONE = new Sampling(0, false, Instant.MIN, List.of());

  Sampling {
    sample = List.copyOf(sample);
  }

  Sampling asked(Instant now) {
    return new Sampling(answers, true, now, sample);
  }

  Sampling answered(Optional<Sample> answer) {
    List<Sample> all =
        answer
            .map(next -> List.of(sample.isEmpty() ? next : sample.getFirst().and(next)))
            .orElse(sample);
    return new Sampling(answers + 1, false, lastAsked, all);
  }

  /// True when what came is of `end` or later: its CPU time is the whole run's.
  boolean covers(Instant end) {
    return !sample.isEmpty() && !sample.getFirst().at().isBefore(end);
  }
}
