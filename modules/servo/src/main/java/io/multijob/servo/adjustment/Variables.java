package io.multijob.servo.adjustment;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Environment variables that are settings: those whose value is a plain number, written out in the
/// pod.
///
/// A plain number is a decimal one such as `8`, `-0.25` or `1e-3`, without leading zeros (`0755` is
/// no number but a file's mode), of 15 digits at the most, so that it passes through JSON
/// unchanged.
final class Variables {
  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]*");
  private static final Pattern NUMBER =
      Pattern.compile("-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?(?:[eE][+-]?[0-9]{1,2})?");

  private static final int MAX_TEXT = 40;
  private static final int MAX_DIGITS = 15;
  private static final BigDecimal MULTIPLE = BigDecimal.valueOf(4);

  private Variables() {}

  static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  /// True for a name by which the service means something else.
  static boolean isReserved(String name) {
    return name.equals("replicas") || ResourceName.ofSetting(name).isPresent();
  }

  /// The number that `text` is; none if it is no plain one.
  static Optional<BigDecimal> number(String text) {
    if (text.length() > MAX_TEXT || !NUMBER.matcher(text).matches()) {
      return Optional.empty();
    }
    return Optional.of(new BigDecimal(text).stripTrailingZeros())
        .filter(number -> number.precision() <= MAX_DIGITS && number.scale() >= -MAX_DIGITS);
  }

  /// The settings in a container's `env`, each with the text of its value. Of a name that is there
  /// more than once the last counts, as for the kubelet.
  static Map<String, String> settings(JsonNode env) {
    var settings = new LinkedHashMap<String, String>();
    for (JsonNode variable : env) {
      String name = variable.path("name").asString("");
      settings.remove(name);
      if (isName(name) && !isReserved(name)) {
        literal(variable)
            .filter(value -> number(value).isPresent())
            .ifPresent(value -> settings.put(name, value));
      }
    }
    return settings;
  }

  /// The plain number that is nearest to `number`.
  static String text(BigDecimal number) {
    BigDecimal rounded = number.round(new MathContext(MAX_DIGITS));
    BigDecimal plain =
        rounded.setScale(Math.clamp(rounded.scale(), 0, MAX_DIGITS), RoundingMode.HALF_UP);
    return plain.stripTrailingZeros().toPlainString();
  }

  /// The value of an entry of `env` that is written out in the pod; none of one that is found
  /// elsewhere.
  static Optional<String> literal(JsonNode variable) {
    return variable.hasNonNull("valueFrom")
        ? Optional.empty()
        : Optional.of(variable.path("value").asString(""));
  }

  /// What a variable that is `number` may be set to: up to four times that, from 0 on (for 0: up to
  /// 4; for a negative number: from four times that up to 0); whole numbers if it is one, otherwise
  /// any.
  static SettingRange range(BigDecimal number) {
    BigDecimal far = number.signum() == 0 ? MULTIPLE : number.multiply(MULTIPLE);
    boolean whole = number.stripTrailingZeros().scale() <= 0;
    return new SettingRange(
        far.min(BigDecimal.ZERO),
        far.max(BigDecimal.ZERO),
        whole ? BigDecimal.ONE : BigDecimal.ZERO);
  }
}
