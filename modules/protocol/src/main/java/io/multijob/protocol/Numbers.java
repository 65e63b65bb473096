package io.multijob.protocol;

import java.math.BigDecimal;
import java.util.Optional;

/// Decimal numbers of ordinary size. One of a thousand million digits takes a few bytes to send as
/// `1e999999999`, and all the memory there is to write out.
final class Numbers {
  private static final int MAX_TEXT = 400;
  private static final long MAX_DIGITS = 400;

  private Numbers() {}

  /// The number that `text` spells; none if it spells none of ordinary size.
  static Optional<BigDecimal> parse(String text) {
    if (text.length() > MAX_TEXT) {
      return Optional.empty();
    }
    try {
      return Optional.of(new BigDecimal(text.strip())).filter(Numbers::isOrdinary);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /// Whether a `double` can hold about as large a number, and its digits are few.
  static boolean isOrdinary(BigDecimal number) {
    return number.precision() <= MAX_DIGITS
        && Math.abs((long) number.scale()) <= MAX_DIGITS
        && Double.isFinite(number.doubleValue());
  }

  /// Never with an exponent: `67108864`, `0.00001`.
  static String plain(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }
}
