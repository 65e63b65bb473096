package io.multijob.servo.adjustment;

import static java.util.Collections.unmodifiableMap;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

/// What of a regular container can be set, as its author has it.
///
/// @param amounts what it asks for
/// @param environment variables whose value is a plain number, with its text, in the pod's order
public record ContainerResources(Amounts amounts, Map<String, String> environment) {

  public ContainerResources {
    environment = unmodifiableMap(new LinkedHashMap<>(environment));
  }

  /// The value of `resource` as a setting: the limit, or the request where there is none; 0 where
  /// there is neither.
  public BigDecimal value(ResourceName resource) {
    return amounts
        .limit(resource)
        .filter(Quantity::isPositive)
        .or(() -> amounts.request(resource))
        .map(Quantity::amount)
        .orElse(BigDecimal.ZERO);
  }
}
