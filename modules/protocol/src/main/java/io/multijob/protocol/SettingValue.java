package io.multijob.protocol;

import java.math.BigDecimal;
import java.util.Optional;

/// What a setting should become: a number, or text.
public sealed interface SettingValue {

  /// A number.
  ///
  /// @param value without trailing zeros, so that 1.0 equals 1
  record Numeric(BigDecimal value) implements SettingValue {

    public Numeric {
      value = value.stripTrailingZeros();
    }

    /// Never with an exponent: `1000`, `0.25`.
    @Override
    public String toString() {
      return value.toPlainString();
    }
  }

  /// Text, perhaps that of a number.
  record Text(String value) implements SettingValue {

    @Override
    public String toString() {
      return value;
    }
  }

  static SettingValue of(double value) {
    return new Numeric(BigDecimal.valueOf(value));
  }

  static SettingValue of(String value) {
    return new Text(value);
  }

  /// The number it is or spells; none for other text.
  default Optional<BigDecimal> asNumber() {
    return switch (this) {
      case Numeric(BigDecimal value) -> Optional.of(value);
      case Text(String value) -> Numbers.parse(value);
    };
  }
}
