package io.multijob.protocol;

import java.util.Optional;

/// What is measured of a run.
public enum Metric {
  /// From the start of the workload container to its end.
  DURATION("duration", Unit.SECONDS),
  /// 1 / duration; absent for a run of no measurable time.
  PERF("perf", Unit.PER_SECOND),
  /// From the pod's creation to the end that the workload itself foretold.
  EST_DURATION("est_duration", Unit.SECONDS),
  /// CPU time of the pod without podmon, summed over cores; may exceed the duration.
  CPU_TIME("cpu_time", Unit.SECONDS),
  /// The most memory the pod held at one time, page cache included.
  MAX_MEMORY("max_memory", Unit.BYTES);

  private final String wire;
  private final Unit unit;

  Metric(String wire, Unit unit) {
    this.wire = wire;
    this.unit = unit;
  }

  /// The metric of that name in JSON; none if no metric has it.
  public static Optional<Metric> ofWire(String name) {
    for (Metric metric : values()) {
      if (metric.wire.equals(name)) {
        return Optional.of(metric);
      }
    }
    return Optional.empty();
  }

  /// The metric's name in JSON.
  public String wire() {
    return wire;
  }

  public Unit unit() {
    return unit;
  }
}
