package io.multijob.servo.adjustment;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads the text of a [Quantity].
final class QuantityText {
  private static final Pattern FORM =
      Pattern.compile(
          "([+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+))(?:([numkMGTPE]|[KMGTPE]i)|[eE]([+-]?[0-9]{1,9}))?");

  private static final int MAX_TEXT = 100;
  private static final int NANO_DIGITS = 9;
  private static final int BITS_OF_A_STEP = 10;

  private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);
  private static final BigDecimal LEAST = BigDecimal.ONE.movePointLeft(NANO_DIGITS);

  private QuantityText() {}

  static Quantity parse(String text) {
    Matcher form = FORM.matcher(text);
    if (text.length() > MAX_TEXT || !form.matches()) {
      throw new IllegalArgumentException(
          "expected a quantity such as 500m, 2, 64Mi or 1e3, found '" + shown(text) + "'");
    }
    BigDecimal number = new BigDecimal(form.group(1));
    String suffix = form.group(2);
    String exponent = form.group(3);
    if (suffix != null) {
      return within(scaled(number, suffix));
    }
    return within(exponent == null ? number : number.scaleByPowerOfTen(Integer.parseInt(exponent)));
  }

  private static BigDecimal scaled(BigDecimal number, String suffix) {
    if (suffix.endsWith("i")) {
      int steps = "KMGTPE".indexOf(suffix.charAt(0)) + 1;
      return number.multiply(BigDecimal.valueOf(1L << (steps * BITS_OF_A_STEP)));
    }
    int thousands = "num kMGTPE".indexOf(suffix.charAt(0)) - 3;
    return number.scaleByPowerOfTen(thousands * 3);
  }

  /// Compares before it rounds: to write out a number of many thousand million digits takes all the
  /// memory there is.
  private static Quantity within(BigDecimal amount) {
    if (amount.signum() == 0) {
      return Quantity.ZERO;
    }
    BigDecimal size = amount.abs();
    BigDecimal kept = size.max(LEAST).min(MOST).setScale(NANO_DIGITS, RoundingMode.UP);
    return new Quantity(amount.signum() < 0 ? kept.negate() : kept);
  }

  private static String shown(String text) {
    return text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) + "..." : text;
  }
}
