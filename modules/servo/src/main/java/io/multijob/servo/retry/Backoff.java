package io.multijob.servo.retry;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// Exponential backoff with full jitter: many of us that fail together do not return together
/// ([Exponential backoff and
/// jitter](https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/)).
///
/// @param first the longest pause after one failure; doubles with each further one
/// @param longest what it doubles up to
public record Backoff(Duration first, Duration longest) {
  private static final int MAX_DOUBLINGS = 20;

  public Backoff {
    if (!first.isPositive() || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException("no backoff from " + first + " to " + longest);
    }
  }

  /// The longest that a pause after so many failures in a row can be.
  public Duration ceiling(int failures) {
    Duration doubled = first.multipliedBy(1L << Math.clamp(failures - 1L, 0, MAX_DOUBLINGS));
    return doubled.compareTo(longest) < 0 ? doubled : longest;
  }

  /// A pause after so many failures in a row, between nothing and [#ceiling].
  public Duration pause(int failures, RandomGenerator random) {
    return Duration.ofNanos(random.nextLong(ceiling(failures).toNanos() + 1));
  }
}
