package io.multijob.servo.stats;

import java.time.Duration;

/// How long runs wait, and for what.
///
/// @param deadline how long after the workload's end its statistics are waited for
/// @param posts whether figures may be posted to us, and so still come once a pod is gone
/// @param retry how long a run that the sink could not take waits
public record StatsTiming(Duration deadline, Posts posts, Duration retry) {

  /// Whether podmon can post its figures.
  public enum Posts {
    EXPECTED,
    /// Nothing listens for them.
    NOT_EXPECTED
  }

  public StatsTiming {
    if (deadline.isNegative() || !retry.isPositive()) {
      throw new IllegalArgumentException("deadline " + deadline + ", retry " + retry);
    }
  }

  public static StatsTiming of(Duration deadline, Posts posts) {
    return new StatsTiming(deadline, posts, Duration.ofSeconds(5));
  }
}
