package io.multijob.servo.observe;

import io.multijob.servo.measurement.Run;
import io.multijob.servo.measurement.RunStats;
import io.multijob.servo.pod.Pod;
import io.multijob.servo.pod.RunEnd.RunSpan;
import io.multijob.servo.stats.RunListener;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;

/// Counts what becomes of runs.
///
/// Thread-safe.
public final class RunMetrics implements RunListener {
  private static final String MEASURED = "measured";
  private static final String NEVER_RAN = "failed";
  private static final double NANOS = 1e9;

  private final InstantSource clock;
  private final Counter reported;
  private final Counter stats;
  private final Histogram lag;
  private final Counter notTaken;
  private final Counter unreadable;
  private final Counter overdue;

  RunMetrics(PrometheusRegistry registry, InstantSource clock) {
    this.clock = clock;
    reported =
        Counter.builder()
            .name("servo_runs_reported_total")
            .help("Runs put into the outbox: measured, or failed for pods that never ran.")
            .labelNames("outcome")
            .register(registry);
    stats =
        Counter.builder()
            .name("servo_runs_stats_total")
            .help("Runs put into the outbox, by how their statistics came.")
            .labelNames("stats")
            .register(registry);
    lag =
        Histogram.builder()
            .name("servo_run_settling_seconds")
            .help("From the end of a run to its report in the outbox.")
            .classicOnly()
            .classicUpperBounds(0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300)
            .register(registry);
    notTaken =
        Counter.builder()
            .name("servo_runs_not_taken_total")
            .help("Times that the outbox could not take a run; each is offered again.")
            .register(registry);
    unreadable =
        Counter.builder()
            .name("servo_stats_unreadable_total")
            .help("Termination messages of podmon that could not be read.")
            .register(registry);
    overdue =
        Counter.builder()
            .name("servo_stats_overdue_total")
            .help("Runs whose statistics did not come before the deadline.")
            .register(registry);
    reported.initLabelValues(MEASURED);
    reported.initLabelValues(NEVER_RAN);
  }

  @Override
  public void reported(Run run) {
    switch (run.end().span()) {
      case RunSpan.Ran(var started, Instant finished, var whose) -> {
        reported.labelValues(MEASURED).inc();
        Duration since = Duration.between(finished, clock.instant());
        lag.observe(Math.max(0, since.toNanos() / NANOS)); // two clocks may differ
      }
      case RunSpan.NeverRan() -> reported.labelValues(NEVER_RAN).inc();
    }
    stats.labelValues(way(run.stats())).inc();
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

  private static String way(RunStats stats) {
    return switch (stats) {
      case RunStats.Nothing() -> "none";
      case RunStats.Sampled(var figures, var at) -> "kubelet";
      case RunStats.Counted(var report, RunStats.Way way) -> way.name().toLowerCase(Locale.ROOT);
    };
  }
}
