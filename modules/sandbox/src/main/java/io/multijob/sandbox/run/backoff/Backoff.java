package io.multijob.sandbox.run.backoff;

import java.time.Duration;

/// A pause that doubles with each failure in a row.
///
/// @param first after one failure
/// @param most never more than this
public record Backoff(Duration first, Duration most) {
  private static final int MOST_DOUBLINGS = 30;

  public Backoff {
    if (first.isNegative() || first.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          "expected 0 <= first <= most, found %s and %s".formatted(first, most));
    }
  }

  /// The pause after `failures` in a row; none after no failure.
  public Duration afterFailures(int failures) {
    if (failures <= 0) {
      return Duration.ZERO;
    }
    Duration pause = first.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
    return pause.compareTo(most) > 0 ? most : pause;
  }
}
