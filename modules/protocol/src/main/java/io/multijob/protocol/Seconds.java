package io.multijob.protocol;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/// A [Duration] as the wire has it: a decimal number of seconds, exact to the nanosecond.
final class Seconds {
  private static final int NANOSECOND_DIGITS = 9;

  private Seconds() {}

  static BigDecimal of(Duration duration) {
    return BigDecimal.valueOf(duration.getSeconds())
        .add(BigDecimal.valueOf(duration.getNano(), NANOSECOND_DIGITS));
  }

  /// What is finer than a nanosecond is cut off.
  ///
  /// @throws ArithmeticException if a [Duration] cannot hold it
  static Duration toDuration(BigDecimal seconds) {
    BigDecimal whole = seconds.setScale(0, RoundingMode.FLOOR);
    BigDecimal fraction = seconds.subtract(whole).movePointRight(NANOSECOND_DIGITS);
    return Duration.ofSeconds(whole.longValueExact(), fraction.longValue());
  }
}
