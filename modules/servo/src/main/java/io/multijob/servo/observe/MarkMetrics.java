package io.multijob.servo.observe;

import io.multijob.servo.mark.MarkListener;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/// Counts what becomes of marks on pods.
///
/// Thread-safe.
public final class MarkMetrics implements MarkListener {
  private final Counter marks;
  private final Counter dropped;

  MarkMetrics(PrometheusRegistry registry) {
    marks =
        Counter.builder()
            .name("servo_marks_total")
            .help("Attempts to write a mark on a pod, by what it was and how they ended.")
            .labelNames("mark", "result")
            .register(registry);
    dropped =
        Counter.builder()
            .name("servo_marks_dropped_total")
            .help("Marks for which there was no place; written when the pod is listed again.")
            .register(registry);
  }

  @Override
  public void attempted(String mark, String result) {
    marks.labelValues(mark, result).inc();
  }

  @Override
  public void dropped() {
    dropped.inc();
  }
}
