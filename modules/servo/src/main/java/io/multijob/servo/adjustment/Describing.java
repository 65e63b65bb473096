package io.multijob.servo.adjustment;

import io.multijob.protocol.Description;
import io.multijob.protocol.Metric;
import io.multijob.protocol.Range;
import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Tells the service what of a pod can be set.
public final class Describing {

  private Describing() {}

  /// The settings of each regular container: `cpu` and `mem`, with the value 0 where its author
  /// asks for none, and its numeric variables.
  public static Description describe(PodResources pod, Bounds bounds) {
    var components = new LinkedHashMap<String, Map<String, Range>>();
    pod.containers()
        .forEach((name, container) -> components.put(name, settings(pod, container, bounds)));
    return new Description(components, EnumSet.allOf(Metric.class));
  }

  private static Map<String, Range> settings(
      PodResources pod, ContainerResources container, Bounds bounds) {
    var settings = new LinkedHashMap<String, Range>();
    for (ResourceName resource : ResourceName.values()) {
      BigDecimal value = container.value(resource);
      SettingRange range = bounds.range(resource, value);
      range = pod.pod().limit(resource).map(Quantity::amount).map(range::atMost).orElse(range);
      range = room(pod, container, resource, bounds.pods()).map(range::atMost).orElse(range);
      settings.put(resource.setting(), range.with(value));
    }
    container
        .environment()
        .forEach((name, text) ->
            Variables.number(text)
                .ifPresent(number -> settings.put(name, Variables.range(number).with(number))));
    return settings;
  }

  /// What the other containers leave of what LimitRanges allow the pod; nothing where they allow
  /// anything, or leave none.
  private static Optional<BigDecimal> room(
      PodResources pod, ContainerResources container, ResourceName resource, LimitRules rules) {
    Amounts total = pod.total();
    BigDecimal all = total.limit(resource).orElse(Quantity.ZERO).amount();
    BigDecimal own = container.amounts().limit(resource).orElse(Quantity.ZERO).amount();
    return Optional.ofNullable(rules.max().get(resource))
        .map(most -> most.amount().subtract(all.subtract(own)))
        .filter(room -> room.signum() > 0);
  }
}
