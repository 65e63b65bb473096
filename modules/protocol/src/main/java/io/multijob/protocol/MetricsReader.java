package io.multijob.protocol;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// Reads what was measured, and what is going to be. Metrics that are not known are skipped.
final class MetricsReader {

  private MetricsReader() {}

  /// The metrics of a measurement.
  static Metrics values(Place place) {
    var values = new EnumMap<Metric, Double>(Metric.class);
    place
        .members()
        .forEach((name, member) ->
            metric(name, member).ifPresent(metric -> values.put(metric, value(member))));
    return new Metrics(values);
  }

  /// The metrics of a description.
  static Set<Metric> measured(Place place) {
    var measured = EnumSet.noneOf(Metric.class);
    if (!place.isAbsent()) {
      place.members().forEach((name, member) -> metric(name, member).ifPresent(measured::add));
    }
    return measured;
  }

  private static Optional<Metric> metric(String name, Place place) {
    Optional<Metric> metric = Metric.ofWire(name);
    metric.ifPresent(known -> requireUnit(known.unit(), place.member("unit")));
    return metric;
  }

  /// A unit that is not said is the right one.
  private static void requireUnit(Unit expected, Place place) {
    if (!place.isAbsent() && !place.text().equals(expected.wire())) {
      throw place.expected('"' + expected.wire() + '"');
    }
  }

  private static double value(Place place) {
    return place.member("value").amount().doubleValue();
  }
}
