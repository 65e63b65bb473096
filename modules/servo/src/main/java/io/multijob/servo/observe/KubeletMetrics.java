package io.multijob.servo.observe;

import io.multijob.servo.kubelet.KubeletListener;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Locale;

/// Counts requests to kubelets.
///
/// Thread-safe.
public final class KubeletMetrics implements KubeletListener {
  private final Counter requests;

  KubeletMetrics(PrometheusRegistry registry) {
    requests =
        Counter.builder()
            .name("servo_kubelet_requests_total")
            .help("Requests to kubelets for samples of pods, by how they ended.")
            .labelNames("result")
            .register(registry);
  }

  @Override
  public void asked(Outcome outcome) {
    requests.labelValues(outcome.name().toLowerCase(Locale.ROOT)).inc();
  }
}
