package io.multijob.servo.adjustment;

import static java.util.Collections.unmodifiableMap;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import tools.jackson.databind.JsonNode;

/// What a namespace's LimitRanges ask of each container, or of each pod as a whole. Where several
/// say something, the strictest counts. Their defaults are the API server's business
/// (<https://kubernetes.io/docs/concepts/policy/limit-range/>).
///
/// @param min the least that may be requested, and the least limit
/// @param max the highest limit, and the most that may be requested
/// @param ratio how many times the request the limit may be
public record LimitRules(
    Map<ResourceName, Quantity> min,
    Map<ResourceName, Quantity> max,
    Map<ResourceName, Quantity> ratio) {
  public static final LimitRules NONE = new LimitRules(Map.of(), Map.of(), Map.of());

  public LimitRules {
    min = copyOf(min);
    max = copyOf(max);
    ratio = copyOf(ratio);
  }

  /// What LimitRanges ask of each container.
  ///
  /// @param limitRanges their documents
  /// @throws IllegalArgumentException if an amount is no quantity
  public static LimitRules ofContainers(List<JsonNode> limitRanges) {
    return of("Container", limitRanges);
  }

  /// What LimitRanges ask of each pod.
  ///
  /// @param limitRanges their documents
  /// @throws IllegalArgumentException if an amount is no quantity
  public static LimitRules ofPods(List<JsonNode> limitRanges) {
    return of("Pod", limitRanges);
  }

  private static LimitRules of(String type, List<JsonNode> limitRanges) {
    var min = new EnumMap<ResourceName, Quantity>(ResourceName.class);
    var max = new EnumMap<ResourceName, Quantity>(ResourceName.class);
    var ratio = new EnumMap<ResourceName, Quantity>(ResourceName.class);
    for (JsonNode limitRange : limitRanges) {
      for (JsonNode item : limitRange.path("spec").path("limits")) {
        if (item.path("type").asString("").equals(type)) {
          read(item.path("min"), min, Quantity::max);
          read(item.path("max"), max, Quantity::min);
          read(item.path("maxLimitRequestRatio"), ratio, Quantity::min);
        }
      }
    }
    return new LimitRules(min, max, ratio);
  }

  /// Why amounts would be refused; nothing if they would not be.
  ///
  /// @param amounts complete, as [Amounts#completed] makes them
  Optional<String> complaint(ResourceName resource, Amounts amounts) {
    Quantity request = amounts.request(resource).orElse(Quantity.ZERO);
    Quantity limit = amounts.limit(resource).orElse(Quantity.ZERO);
    boolean limited = amounts.limit(resource).isPresent();
    Quantity least = min.getOrDefault(resource, Quantity.ZERO);
    if (request.compareTo(least) < 0) {
      return Optional.of("a request of " + request + " is less than " + least);
    }
    if (limited && limit.compareTo(least) < 0) {
      return Optional.of("a limit of " + limit + " is less than " + least);
    }
    Quantity most = max.get(resource);
    if (most != null && !limited) {
      return Optional.of("there is no limit, and one of at most " + most + " is wanted");
    }
    if (most != null && limit.max(request).compareTo(most) > 0) {
      return Optional.of("a limit of " + limit + " is more than " + most);
    }
    Quantity times = ratio.get(resource);
    if (times != null && !withinRatio(times, request, limit)) {
      return Optional.of(
          "a limit of " + limit + " is more than " + times + " times the request of " + request);
    }
    return Optional.empty();
  }

  private static boolean withinRatio(Quantity times, Quantity request, Quantity limit) {
    return request.isPositive()
        && limit.isPositive()
        && request.amount().multiply(times.amount()).compareTo(limit.amount()) >= 0;
  }

  private static void read(
      JsonNode list, Map<ResourceName, Quantity> known, BinaryOperator<Quantity> strictest) {
    Amounts.read(list).forEach((resource, amount) -> known.merge(resource, amount, strictest));
  }

  private static Map<ResourceName, Quantity> copyOf(Map<ResourceName, Quantity> map) {
    var copy = new EnumMap<ResourceName, Quantity>(ResourceName.class);
    copy.putAll(map);
    return unmodifiableMap(copy);
  }
}
