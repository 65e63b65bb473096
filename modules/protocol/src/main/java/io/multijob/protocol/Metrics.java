package io.multijob.protocol;

import static java.util.Collections.unmodifiableMap;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalDouble;

/// What was measured of a run; any metric may be absent.
///
/// @param values each in its metric's own unit; finite, never negative; in the order of [Metric]
public record Metrics(Map<Metric, Double> values) {
  public static final Metrics NONE = new Metrics(Map.of());

  public Metrics {
    values.forEach(Metrics::check);
    var copy = new EnumMap<Metric, Double>(Metric.class);
    copy.putAll(values);
    values = unmodifiableMap(copy);
  }

  /// The value in the metric's own unit; none if it was not measured.
  public OptionalDouble get(Metric metric) {
    Double value = values.get(metric);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  /// These and one more, which replaces what was known of that metric.
  ///
  /// @param value in the metric's own unit
  public Metrics with(Metric metric, double value) {
    var more = new EnumMap<Metric, Double>(Metric.class);
    more.putAll(values);
    more.put(metric, value);
    return new Metrics(more);
  }

  /// These and one more, to the nanosecond.
  ///
  /// @param metric one that is counted in seconds
  public Metrics with(Metric metric, Duration time) {
    requireUnit(metric, Unit.SECONDS);
    return with(metric, Seconds.of(time).doubleValue());
  }

  /// These and one more.
  ///
  /// @param metric one that is counted in bytes
  public Metrics with(Metric metric, Memory memory) {
    requireUnit(metric, Unit.BYTES);
    return with(metric, (double) memory.bytes());
  }

  private static void requireUnit(Metric metric, Unit unit) {
    if (metric.unit() != unit) {
      throw new IllegalArgumentException(
          metric.wire() + " is in " + metric.unit().wire() + ", not in " + unit.wire());
    }
  }

  private static void check(Metric metric, double value) {
    if (!(value >= 0 && Double.isFinite(value))) {
      throw new IllegalArgumentException(
          metric.wire() + " should be finite and not negative: " + value);
    }
  }
}
