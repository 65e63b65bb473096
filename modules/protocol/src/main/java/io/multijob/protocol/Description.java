package io.multijob.protocol;

import static java.util.Collections.unmodifiableSet;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/// What of an app can be adjusted, and what is measured of it.
///
/// @param components the settings of each container, by the container's and the setting's name; a
///   container may have none
/// @param metrics what the servo measures
public record Description(Map<String, Map<String, Range>> components, Set<Metric> metrics)
    implements Event {

  public Description {
    components = InOrder.copyOfNested(components);
    var copy = EnumSet.noneOf(Metric.class);
    copy.addAll(metrics);
    metrics = unmodifiableSet(copy);
  }
}
