package io.multijob.servo.adjustment;

import io.multijob.protocol.Range;
import java.math.BigDecimal;
import java.math.RoundingMode;

/// What a setting may be set to.
///
/// @param min the least
/// @param max the most; not less than `min`
/// @param step what values are multiples of, counted from `min`; 0 if any will do
public record SettingRange(BigDecimal min, BigDecimal max, BigDecimal step) {
  private static final String EXPECTED = "expected min..max or min..max/step such as ";

  public SettingRange {
    min = min.stripTrailingZeros();
    max = max.stripTrailingZeros();
    step = step.stripTrailingZeros();
    if (max.compareTo(min) < 0) {
      throw new IllegalArgumentException(
          "max " + max.toPlainString() + " is less than min " + min.toPlainString());
    }
    if (step.signum() < 0) {
      throw new IllegalArgumentException("step is negative: " + step.toPlainString());
    }
  }

  /// The range that `text` spells for `resource`, in quantities: `0.1..8`, `64Mi..8Gi/4Ki`. Without
  /// a step it is the resource's usual one.
  ///
  /// @throws IllegalArgumentException if it spells none
  public static SettingRange parse(ResourceName resource, String text) {
    int dots = text.indexOf("..");
    if (dots < 0) {
      throw new IllegalArgumentException(EXPECTED + example(resource) + ", found \"" + text + '"');
    }
    int slash = text.indexOf('/', dots);
    BigDecimal step =
        slash < 0
            ? Bounds.usual(resource).step()
            : amount(resource, "step", text.substring(slash + 1));
    BigDecimal max =
        amount(resource, "max", text.substring(dots + 2, slash < 0 ? text.length() : slash));
    if (max.signum() == 0 || step.signum() == 0) {
      throw new IllegalArgumentException(
          "max and step should be more than 0, found \"" + text + '"');
    }
    return new SettingRange(amount(resource, "min", text.substring(0, dots)), max, step);
  }

  /// The multiple of the step that is nearest to `value`, within the bounds.
  ///
  /// @param value within the bounds
  BigDecimal nearest(BigDecimal value) {
    if (step.signum() == 0) {
      return value;
    }
    BigDecimal steps = value.subtract(min).divide(step, 0, RoundingMode.HALF_UP);
    BigDecimal nearest = min.add(steps.multiply(step));
    return nearest.compareTo(max) > 0 ? nearest.subtract(step) : nearest;
  }

  boolean contains(BigDecimal value) {
    return value.compareTo(min) >= 0 && value.compareTo(max) <= 0;
  }

  /// This, as far as it goes no higher than `ceiling`.
  SettingRange atMost(BigDecimal ceiling) {
    return new SettingRange(min.min(ceiling), max.min(ceiling), step);
  }

  /// This as the service is told of it.
  Range with(BigDecimal value) {
    return new Range(value.doubleValue(), min.doubleValue(), max.doubleValue(), step.doubleValue());
  }

  /// As [#parse] reads it, but with numbers: `0.1..8/0.001`.
  @Override
  public String toString() {
    return min.toPlainString() + ".." + max.toPlainString() + "/" + step.toPlainString();
  }

  private static BigDecimal amount(ResourceName resource, String what, String text) {
    BigDecimal amount;
    try {
      amount = Quantity.parse(text.strip()).amount();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(what + ": " + e.getMessage(), e);
    }
    if (amount.signum() < 0) {
      throw new IllegalArgumentException(what + " is negative: " + text);
    }
    if (resource.inGrains(amount, RoundingMode.CEILING).compareTo(amount) != 0) {
      throw new IllegalArgumentException(
          what + " is finer than " + resource.grain().toPlainString() + ": " + text);
    }
    return amount;
  }

  private static String example(ResourceName resource) {
    return switch (resource) {
      case CPU -> "0.1..8 or 100m..8/0.5";
      case MEMORY -> "64Mi..8Gi or 64Mi..8Gi/4Ki";
    };
  }
}
