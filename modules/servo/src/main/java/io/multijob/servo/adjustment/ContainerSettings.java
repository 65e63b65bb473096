package io.multijob.servo.adjustment;

import static java.util.Collections.unmodifiableMap;

import java.util.LinkedHashMap;
import java.util.Map;

/// What one container is set to.
///
/// @param amounts positive ones
/// @param environment the value of each variable, a number's text
public record ContainerSettings(Amounts amounts, Map<String, String> environment) {
  public static final ContainerSettings NONE = new ContainerSettings(Amounts.NONE, Map.of());

  public ContainerSettings {
    amounts.limits().forEach(ContainerSettings::requirePositive);
    amounts.requests().forEach(ContainerSettings::requirePositive);
    environment.forEach(ContainerSettings::requireNumber);
    environment = unmodifiableMap(new LinkedHashMap<>(environment));
  }

  public boolean isEmpty() {
    return amounts.isEmpty() && environment.isEmpty();
  }

  /// These and one more.
  ///
  /// @throws IllegalArgumentException if `value` is none for that knob
  ContainerSettings with(Item.Knob knob, String value) {
    return switch (knob) {
      case Item.Limit(ResourceName resource) ->
          with(new Amounts(Map.of(), Map.of(resource, Quantity.parse(value))));
      case Item.Request(ResourceName resource) ->
          with(new Amounts(Map.of(resource, Quantity.parse(value)), Map.of()));
      case Item.Variable(String name) -> {
        var more = new LinkedHashMap<>(environment);
        more.put(name, value);
        yield new ContainerSettings(amounts, more);
      }
    };
  }

  private ContainerSettings with(Amounts more) {
    return new ContainerSettings(amounts.with(more), environment);
  }

  /// In the order in which they are written: limits, requests, variables.
  Map<Item.Knob, String> knobs() {
    var knobs = new LinkedHashMap<Item.Knob, String>();
    amounts
        .limits()
        .forEach((resource, amount) -> knobs.put(new Item.Limit(resource), amount.toString()));
    amounts
        .requests()
        .forEach((resource, amount) -> knobs.put(new Item.Request(resource), amount.toString()));
    environment.forEach((name, value) -> knobs.put(new Item.Variable(name), value));
    return knobs;
  }

  private static void requirePositive(ResourceName resource, Quantity amount) {
    if (!amount.isPositive()) {
      throw new IllegalArgumentException(
          "expected more than 0 of " + resource.wire() + ", found " + amount);
    }
  }

  private static void requireNumber(String name, String value) {
    if (Variables.number(value).isEmpty()) {
      throw new IllegalArgumentException(
          "expected a plain number for " + name + ", found '" + value + "'");
    }
  }
}
