package io.multijob.servo.adjustment;

import static java.util.Collections.unmodifiableMap;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// What the resources of a namespace's pods may be set to.
///
/// @param configured by configuration; of those resources of which it says something
/// @param containers by LimitRanges, each container
/// @param pods by LimitRanges, each pod
public record Bounds(
    Map<ResourceName, SettingRange> configured, LimitRules containers, LimitRules pods) {
  private static final BigDecimal MULTIPLE = BigDecimal.valueOf(4);

  public Bounds {
    var copy = new EnumMap<ResourceName, SettingRange>(ResourceName.class);
    copy.putAll(configured);
    configured = unmodifiableMap(copy);
  }

  /// By configuration, and by the LimitRanges of a namespace.
  ///
  /// @param limitRanges their documents
  /// @throws IllegalArgumentException if an amount in them is no quantity
  public static Bounds of(AdjustSettings config, List<JsonNode> limitRanges) {
    var configured = new EnumMap<ResourceName, SettingRange>(ResourceName.class);
    for (ResourceName resource : ResourceName.values()) {
      for (SettingRange range : config.range(resource)) {
        configured.put(resource, range);
      }
    }
    return new Bounds(
        configured, LimitRules.ofContainers(limitRanges), LimitRules.ofPods(limitRanges));
  }

  /// What `resource` may be set to in a container whose author asked for `asked`: the configured
  /// range, no wider than the LimitRanges allow. Where neither has a highest value it is four times
  /// what was asked for, and not less than the usual one. Where the two have nothing in common, it
  /// is the one value of the LimitRanges that is nearest to the configured range: the API server
  /// takes no other.
  SettingRange range(ResourceName resource, BigDecimal asked) {
    Optional<BigDecimal> most = most(resource);
    SettingRange wanted = configured.get(resource);
    if (wanted == null) {
      SettingRange usual = usual(resource);
      BigDecimal multiple = usual.max().max(asked.multiply(MULTIPLE));
      wanted = new SettingRange(BigDecimal.ZERO, most.orElse(multiple), usual.step());
    }
    BigDecimal min = most.map(wanted.min()::min).orElse(wanted.min()).max(least(resource));
    BigDecimal max = most.map(wanted.max()::min).orElse(wanted.max()).max(min);
    return new SettingRange(min, max, wanted.step());
  }

  /// The original's bounds: cores 0 to 3.5 by thousandths, bytes 0 to a gibibyte by pages.
  static SettingRange usual(ResourceName resource) {
    return switch (resource) {
      case CPU -> new SettingRange(BigDecimal.ZERO, new BigDecimal("3.5"), new BigDecimal("0.001"));
      case MEMORY ->
          new SettingRange(BigDecimal.ZERO, BigDecimal.valueOf(1L << 30), BigDecimal.valueOf(4096));
    };
  }

  private BigDecimal least(ResourceName resource) {
    Quantity least = containers.min().getOrDefault(resource, Quantity.ZERO);
    return resource.inGrains(least.amount(), RoundingMode.CEILING);
  }

  private Optional<BigDecimal> most(ResourceName resource) {
    return Stream.of(containers, pods)
        .map(rules -> rules.max().get(resource))
        .filter(Objects::nonNull)
        .min(Comparator.naturalOrder())
        .map(most -> resource.inGrains(most.amount(), RoundingMode.FLOOR));
  }
}
