package io.multijob.servo.observe;

import io.multijob.servo.watch.Scope;
import io.multijob.servo.watch.WatchListener;
import io.multijob.servo.watch.WatchProblem;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Locale;

/// Counts how the watches fare.
///
/// Thread-safe.
public final class WatchMetrics implements WatchListener {
  private final Counter received;
  private final Counter lists;
  private final Counter begun;
  private final Counter restarts;
  private final Gauge listed;
  private final Gauge lastReceived;

  WatchMetrics(PrometheusRegistry registry) {
    received =
        Counter.builder()
            .name("servo_watch_received_total")
            .help("Listed pods, events and bookmarks that were received and decoded.")
            .register(registry);
    lists =
        Counter.builder()
            .name("servo_watch_lists_total")
            .help("Lists of pods that were completed.")
            .register(registry);
    begun =
        Counter.builder()
            .name("servo_watch_begun_total")
            .help("Watches that the API server has accepted.")
            .register(registry);
    restarts =
        Counter.builder()
            .name("servo_watch_restarts_total")
            .help("Lists and watches that ended before they should, by the reason.")
            .labelNames("reason")
            .register(registry);
    listed =
        Gauge.builder()
            .name("servo_watch_listed_pods")
            .help("One-time pods in the last list of a namespace, ours or not.")
            .labelNames("namespace")
            .register(registry);
    lastReceived =
        Gauge.builder()
            .name("servo_watch_last_received_timestamp_seconds")
            .help("When something was last received of a namespace.")
            .labelNames("namespace")
            .register(registry);
    for (WatchProblem.Kind kind : WatchProblem.Kind.values()) {
      restarts.initLabelValues(label(kind));
    }
  }

  @Override
  public void received(Scope scope) {
    received.inc();
    lastReceived.labelValues(scope.namespace()).set(System.currentTimeMillis() / 1e3);
  }

  @Override
  public void listed(Scope scope, int pods) {
    lists.inc();
    listed.labelValues(scope.namespace()).set(pods);
  }

  @Override
  public void watching(Scope scope) {
    begun.inc();
  }

  @Override
  public void failed(Scope scope, WatchProblem problem, int failures) {
    restarts.labelValues(label(problem.kind())).inc();
  }

  private static String label(WatchProblem.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
