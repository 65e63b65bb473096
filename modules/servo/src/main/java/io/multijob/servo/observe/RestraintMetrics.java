package io.multijob.servo.observe;

import io.multijob.servo.restraint.Reach;
import io.multijob.servo.restraint.Restraint;
import io.multijob.servo.restraint.RestraintListener;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Locale;

/// Counts what is withheld.
///
/// Thread-safe.
public final class RestraintMetrics implements RestraintListener {
  private final Counter begun;
  private final Gauge current;

  RestraintMetrics(PrometheusRegistry registry) {
    begun =
        Counter.builder()
            .name("servo_restraints_begun_total")
            .help("Times that injection or adjustment was ended for an app or a namespace.")
            .labelNames("change", "reach")
            .register(registry);
    current =
        Gauge.builder()
            .name("servo_restraints")
            .help("Apps and namespaces for which injection or adjustment is ended.")
            .labelNames("change", "reach")
            .register(registry);
  }

  @Override
  public void withheld(Restraint restraint) {
    begun.labelValues(labels(restraint)).inc();
    current.labelValues(labels(restraint)).inc();
  }

  @Override
  public void lifted(Restraint restraint) {
    current.labelValues(labels(restraint)).dec();
  }

  private static String[] labels(Restraint restraint) {
    String reach =
        switch (restraint.reach()) {
          case Reach.App app -> "app";
          case Reach.Whole namespace -> "namespace";
        };
    return new String[] {restraint.change().name().toLowerCase(Locale.ROOT), reach};
  }
}
