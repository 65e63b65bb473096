package io.multijob.servo.adjustment;

import static java.util.Collections.unmodifiableMap;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import tools.jackson.databind.JsonNode;

/// What a container, or a pod as a whole, asks for of [ResourceName]; other resources are left out.
public record Amounts(Map<ResourceName, Quantity> requests, Map<ResourceName, Quantity> limits) {
  public static final Amounts NONE = new Amounts(Map.of(), Map.of());

  public Amounts {
    requests = copyOf(requests);
    limits = copyOf(limits);
  }

  /// The amounts of a `resources` member; none of one that is missing.
  ///
  /// @throws IllegalArgumentException if one of them is no quantity
  static Amounts of(JsonNode resources) {
    return new Amounts(read(resources.path("requests")), read(resources.path("limits")));
  }

  public boolean isEmpty() {
    return requests.isEmpty() && limits.isEmpty();
  }

  boolean has(ResourceName resource) {
    return requests.containsKey(resource) || limits.containsKey(resource);
  }

  public Optional<Quantity> request(ResourceName resource) {
    return Optional.ofNullable(requests.get(resource));
  }

  public Optional<Quantity> limit(ResourceName resource) {
    return Optional.ofNullable(limits.get(resource));
  }

  /// With each request that is missing and has a limit: that limit, as the API server sees it.
  Amounts completed() {
    return new Amounts(limits, Map.of()).with(new Amounts(requests, limits));
  }

  /// These with those of `other` in their place where it has some.
  Amounts with(Amounts other) {
    return new Amounts(
        merge(requests, other.requests, Amounts::second),
        merge(limits, other.limits, Amounts::second));
  }

  Amounts plus(Amounts other) {
    return new Amounts(
        merge(requests, other.requests, Quantity::plus),
        merge(limits, other.limits, Quantity::plus));
  }

  /// For each of them the larger of the two.
  Amounts max(Amounts other) {
    return new Amounts(
        merge(requests, other.requests, Quantity::max), merge(limits, other.limits, Quantity::max));
  }

  /// The amounts in a map of quantities by resource; none of one that is missing.
  ///
  /// @throws IllegalArgumentException if one of them is no quantity
  static Map<ResourceName, Quantity> read(JsonNode list) {
    var amounts = new EnumMap<ResourceName, Quantity>(ResourceName.class);
    for (ResourceName resource : ResourceName.values()) {
      JsonNode amount = list.path(resource.wire());
      if (amount.isString() || amount.isNumber()) {
        amounts.put(resource, Quantity.parse(amount.asString()));
      }
    }
    return amounts;
  }

  private static Map<ResourceName, Quantity> merge(
      Map<ResourceName, Quantity> map,
      Map<ResourceName, Quantity> other,
      BinaryOperator<Quantity> both) {
    Map<ResourceName, Quantity> merged = copyToChange(map);
    other.forEach((resource, amount) -> merged.merge(resource, amount, both));
    return merged;
  }

  private static Quantity second(Quantity one, Quantity two) {
    return two;
  }

  private static Map<ResourceName, Quantity> copyOf(Map<ResourceName, Quantity> map) {
    return unmodifiableMap(copyToChange(map));
  }

  private static Map<ResourceName, Quantity> copyToChange(Map<ResourceName, Quantity> map) {
    var copy = new EnumMap<ResourceName, Quantity>(ResourceName.class);
    copy.putAll(map);
    return copy;
  }
}
