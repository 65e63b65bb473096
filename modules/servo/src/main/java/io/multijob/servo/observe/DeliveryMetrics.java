package io.multijob.servo.observe;

import io.multijob.servo.report.Delivery;
import io.multijob.servo.report.DeliveryListener;
import io.multijob.servo.report.Report;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.List;

/// Counts what becomes of what is sent to the service.
///
/// Thread-safe.
public final class DeliveryMetrics implements DeliveryListener {
  private static final String ACCEPTED = "accepted";
  private static final String REFUSED = "refused";
  private static final String UNREACHABLE = "unreachable";
  private static final double NANOS = 1e9;

  private final Counter deliveries;
  private final Histogram attempts;
  private final Histogram waits;
  private final Counter events;

  DeliveryMetrics(PrometheusRegistry registry) {
    deliveries =
        Counter.builder()
            .name("servo_deliveries_total")
            .help("Attempts to deliver a report, by how they ended.")
            .labelNames("result")
            .register(registry);
    attempts =
        Histogram.builder()
            .name("servo_delivery_seconds")
            .help("How long an attempt to deliver a report took.")
            .classicOnly()
            .classicUpperBounds(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15)
            .register(registry);
    waits =
        Histogram.builder()
            .name("servo_report_wait_seconds")
            .help("From a report's coming into the outbox to the service's having it.")
            .classicOnly()
            .classicUpperBounds(0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60, 300, 1_800, 7_200, 86_400)
            .register(registry);
    events =
        Counter.builder()
            .name("servo_global_events_total")
            .help("HELLO, DIAG and GOODBYE, by how their last attempt ended.")
            .labelNames("event", "result")
            .register(registry);
    List.of(ACCEPTED, REFUSED, UNREACHABLE).forEach(deliveries::initLabelValues);
  }

  @Override
  public void attempted(Delivery delivery, Duration waited, Duration took) {
    deliveries.labelValues(result(delivery)).inc();
    attempts.observe(took.toNanos() / NANOS);
    if (delivery instanceof Delivery.Accepted) {
      waits.observe(Math.max(0, waited.toNanos() / NANOS)); // a clock may be set back
    }
  }

  @Override
  public void delivered(Report report) {
    // counted with the attempt
  }

  @Override
  public void told(String event, Delivery last) {
    events.labelValues(event, result(last)).inc();
  }

  private static String result(Delivery delivery) {
    return switch (delivery) {
      case Delivery.Accepted() -> ACCEPTED;
      case Delivery.Refused(var reason) -> REFUSED;
      case Delivery.Unreachable(var reason, var pause) -> UNREACHABLE;
    };
  }
}
