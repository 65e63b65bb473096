package io.multijob.servo.observe;

import io.multijob.servo.policy.SettingsListener;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Locale;

/// Counts what becomes of the settings that are kept for the policy.
///
/// Thread-safe.
public final class SettingsMetrics implements SettingsListener {
  private final Counter writes;
  private final Counter left;

  SettingsMetrics(PrometheusRegistry registry) {
    writes =
        Counter.builder()
            .name("servo_settings_writes_total")
            .help("Attempts to write the settings of a namespace's apps, by how they ended.")
            .labelNames("result")
            .register(registry);
    left =
        Counter.builder()
            .name("servo_settings_left_total")
            .help("Settings of apps that are not kept for the policy, by reason.")
            .labelNames("reason")
            .register(registry);
  }

  @Override
  public void attempted(String result) {
    writes.labelValues(result).inc();
  }

  @Override
  public void left(Cause cause) {
    left.labelValues(cause.name().toLowerCase(Locale.ROOT)).inc();
  }
}
