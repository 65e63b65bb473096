package io.multijob.optune.run;

import java.math.BigDecimal;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads amounts as Kubernetes writes them: `250m`, `512Mi`, `1e3`
/// (<https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/>).
public final class Quantity {
  private static final Pattern FORM =
      Pattern.compile("(\\d{1,20}(?:\\.\\d{0,9})?(?:[eE][+-]?\\d{1,2})?)([a-zA-Z]{0,2})");

  private static final Map<String, BigDecimal> FACTORS =
      Map.ofEntries(
          Map.entry("", BigDecimal.ONE),
          Map.entry("n", new BigDecimal("1e-9")),
          Map.entry("u", new BigDecimal("1e-6")),
          Map.entry("m", new BigDecimal("1e-3")),
          Map.entry("k", new BigDecimal("1e3")),
          Map.entry("M", new BigDecimal("1e6")),
          Map.entry("G", new BigDecimal("1e9")),
          Map.entry("T", new BigDecimal("1e12")),
          Map.entry("P", new BigDecimal("1e15")),
          Map.entry("E", new BigDecimal("1e18")),
          Map.entry("Ki", BigDecimal.valueOf(1L << 10)),
          Map.entry("Mi", BigDecimal.valueOf(1L << 20)),
          Map.entry("Gi", BigDecimal.valueOf(1L << 30)),
          Map.entry("Ti", BigDecimal.valueOf(1L << 40)),
          Map.entry("Pi", BigDecimal.valueOf(1L << 50)),
          Map.entry("Ei", BigDecimal.valueOf(1L << 60)));

  private Quantity() {}

  /// The amount in its base unit, cores or bytes; nothing if the text is no amount.
  public static OptionalDouble parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return OptionalDouble.empty();
    }
    BigDecimal factor = FACTORS.get(matcher.group(2));
    return factor == null
        ? OptionalDouble.empty()
        : OptionalDouble.of(new BigDecimal(matcher.group(1)).multiply(factor).doubleValue());
  }
}
