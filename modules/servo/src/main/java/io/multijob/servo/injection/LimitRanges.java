package io.multijob.servo.injection;

import io.multijob.servo.adjustment.Quantity;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What the LimitRanges of a namespace ask of each container, and of each pod as a whole. What
/// cannot be read asks nothing: the API server would not have taken it.
///
/// @param items all their `spec.limits`
record LimitRanges(List<JsonNode> items) {

  LimitRanges {
    items = List.copyOf(items);
  }

  static LimitRanges of(List<JsonNode> documents) {
    List<JsonNode> items = new ArrayList<>();
    for (JsonNode document : documents) {
      document.path("spec").path("limits").forEach(items::add);
    }
    return new LimitRanges(items);
  }

  /// The highest of the minima for a container.
  Optional<BigDecimal> min(String resource) {
    return values("Container", "min", resource).stream().max(BigDecimal::compareTo);
  }

  /// The lowest of the maxima for a container.
  Optional<BigDecimal> max(String resource) {
    return values("Container", "max", resource).stream().min(BigDecimal::compareTo);
  }

  /// How many times its request a container's limit may be at most.
  Optional<BigDecimal> ratio(String resource) {
    return values("Container", "maxLimitRequestRatio", resource).stream()
        .min(BigDecimal::compareTo);
  }

  /// The lowest of the maxima for all containers of a pod together.
  Optional<BigDecimal> podMax(String resource) {
    return values("Pod", "max", resource).stream().min(BigDecimal::compareTo);
  }

  private List<BigDecimal> values(String type, String field, String resource) {
    List<BigDecimal> values = new ArrayList<>();
    for (JsonNode item : items) {
      if (item.path("type").asString("").equals(type)) {
        read(item.path(field).path(resource)).ifPresent(values::add);
      }
    }
    return values;
  }

  /// The quantity, if there is one.
  static Optional<BigDecimal> read(JsonNode quantity) {
    try {
      return Optional.of(quantity.asString(""))
          .filter(text -> !text.isEmpty())
          .map(text -> Quantity.parse(text).amount());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
