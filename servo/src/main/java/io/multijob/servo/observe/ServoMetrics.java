package io.multijob.servo.observe;

import io.multijob.http.Request;
import io.multijob.http.Response;
import io.multijob.servo.measurement.Run;
import io.multijob.servo.measurement.RunStats;
import io.multijob.servo.pod.Pod;
import io.multijob.servo.report.Delivery;
import io.multijob.servo.report.DeliveryListener;
import io.multijob.servo.stats.RunListener;
import io.multijob.servo.watch.Scope;
import io.multijob.servo.watch.WatchListener;
import io.multijob.servo.watch.WatchProblem;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.function.DoubleSupplier;

/// The servo's metrics, in a registry of its own. Their labels are few and bounded: no pod and no
/// app is among them.
///
/// Thread-safe.
public final class ServoMetrics implements WatchListener, RunListener, DeliveryListener {
  private static final double NANOS_PER_SECOND = 1e9;

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final ExpositionFormats formats = ExpositionFormats.init();

  private final Counter events =
      counter("servo_watch_events_total", "Pods listed, changes and bookmarks received.");
  private final Counter lists = counter("servo_watch_lists_total", "Lists completed.");
  private final Counter problems =
      Counter.builder()
          .name("servo_watch_failures_total")
          .help("Lists and watches that failed, by what was wrong.")
          .labelNames("reason")
          .register(registry);
  private final Counter runs =
      Counter.builder()
          .name("servo_runs_total")
          .help("Runs put into the outbox, by where their figures came from.")
          .labelNames("stats")
          .register(registry);
  private final Counter notTaken =
      counter("servo_outbox_failures_total", "Runs that the outbox could not take; tried again.");
  private final Counter unreadable =
      counter("servo_stats_unreadable_total", "Messages of podmon that could not be read.");
  private final Counter overdue =
      counter("servo_stats_overdue_total", "Runs whose figures did not come before the deadline.");
  private final Counter deliveries =
      Counter.builder()
          .name("servo_deliveries_total")
          .help("Attempts to deliver a report, by how they ended.")
          .labelNames("result")
          .register(registry);

  private final Histogram lag =
      Histogram.builder()
          .name("servo_report_lag_seconds")
          .help("From a report's being stored to the service's having it.")
          .classicUpperBounds(0.001, 0.002, 0.005, 0.01, 0.025, 0.1, 0.5, 1, 5, 30, 300, 3600)
          .register(registry);

  public ServoMetrics() {
    for (String result : new String[] {"accepted", "refused", "unreachable"}) {
      deliveries.initLabelValues(result);
    }
    for (String stats : new String[] {"message", "posted", "none"}) {
      runs.initLabelValues(stats);
    }
  }

  /// Shows a value that is read at each scrape.
  public void gauge(String name, String help, DoubleSupplier value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(callback -> callback.call(value.getAsDouble()))
        .register(registry);
  }

  /// The answer to a scrape, in the form that it asks for.
  public Response scrape(Request request) throws IOException {
    ExpositionFormatWriter writer = formats.findWriter(request.header("Accept").orElse(""));
    var body = new ByteArrayOutputStream();
    writer.write(body, registry.scrape());
    return Response.of(200, writer.getContentType(), body.toByteArray());
  }

  @Override
  public void received(Scope scope) {
    events.inc();
  }

  @Override
  public void listed(Scope scope, int pods) {
    lists.inc();
  }

  @Override
  public void watching(Scope scope) {
    // Health tells it; there is nothing to count.
  }

  @Override
  public void failed(Scope scope, WatchProblem problem, int failures) {
    problems.labelValues(problem.kind().name().toLowerCase(Locale.ROOT)).inc();
  }

  @Override
  public void reported(Run run) {
    String stats =
        switch (run.stats()) {
          case RunStats.Nothing() -> "none";
          case RunStats.Counted(var report, var way) -> way.name().toLowerCase(Locale.ROOT);
        };
    runs.labelValues(stats).inc();
  }

  @Override
  public void notTaken(Run run, Exception reason, int failures) {
    notTaken.inc();
  }

  @Override
  public void unreadable(Pod pod, String problem) {
    unreadable.inc();
  }

  @Override
  public void overdue(Pod pod) {
    overdue.inc();
  }

  @Override
  public void attempted(Delivery delivery, Duration waited, Duration took) {
    String result =
        switch (delivery) {
          case Delivery.Accepted() -> "accepted";
          case Delivery.Refused(String reason) -> "refused";
          case Delivery.Unreachable(String reason, Duration pause) -> "unreachable";
        };
    deliveries.labelValues(result).inc();
    if (delivery instanceof Delivery.Accepted) {
      lag.observe(waited.plus(took).toNanos() / NANOS_PER_SECOND);
    }
  }

  @Override
  public void told(String event, Delivery last) {
    // The log tells it; nobody would look for it among the figures.
  }

  private Counter counter(String name, String help) {
    return Counter.builder().name(name).help(help).register(registry);
  }
}
