package io.multijob.servo.observe;

import io.multijob.servo.initializer.InitializerListener;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Locale;

/// Counts what becomes of pods that wait for us as their initializer.
///
/// Thread-safe.
public final class InitializerMetrics implements InitializerListener {
  private final Counter pods;
  private final Counter delays;

  InitializerMetrics(PrometheusRegistry registry) {
    pods =
        Counter.builder()
            .name("servo_initializer_pods_total")
            .help("Pods that waited for us as their initializer, by how we were done with them.")
            .labelNames("ending")
            .register(registry);
    delays =
        Counter.builder()
            .name("servo_initializer_delays_total")
            .help("Attempts to let a pod go that failed; each is tried again.")
            .register(registry);
  }

  @Override
  public void ended(Ending ending) {
    pods.labelValues(ending.name().toLowerCase(Locale.ROOT)).inc();
  }

  @Override
  public void delayed() {
    delays.inc();
  }
}
