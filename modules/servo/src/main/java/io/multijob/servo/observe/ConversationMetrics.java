package io.multijob.servo.observe;

import io.multijob.servo.conversation.Agreement;
import io.multijob.servo.conversation.Agreement.Freshness;
import io.multijob.servo.conversation.ConversationListener;
import io.multijob.servo.conversation.Conversations;
import io.multijob.servo.conversation.Ending;
import io.multijob.servo.conversation.KeptAdjustments;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.function.DoubleSupplier;

/// Counts what comes of conversations.
///
/// Thread-safe.
public final class ConversationMetrics implements ConversationListener {
  private static final double NANOS = 1e9;

  private final PrometheusRegistry registry;
  private final Counter conversations;
  private final Histogram seconds;

  ConversationMetrics(PrometheusRegistry registry) {
    this.registry = registry;
    conversations =
        Counter.builder()
            .name("servo_conversations_total")
            .help("Pods about to start, by what they were given and how the conversation ended.")
            .labelNames("outcome", "end")
            .register(registry);
    seconds =
        Histogram.builder()
            .name("servo_conversation_seconds")
            .help("How long a pod waited for its conversation.")
            .classicOnly()
            .classicUpperBounds(0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10)
            .register(registry);
  }

  /// Shows the state of the conversations too.
  public void show(Conversations held, KeptAdjustments kept) {
    gauge(
        "servo_conversation_breaker_open",
        "1 while the service is not waited for, until a probe goes well.",
        () -> held.problem().isPresent() ? 1 : 0);
    gauge(
        "servo_conversation_apps_shut",
        "Apps with which the service is not waited for, when it is with others.",
        held::shutApps);
    gauge("servo_adjustments_kept", "Apps whose last ADJUST is kept.", kept::size);
  }

  @Override
  public void ended(Agreement agreement, Ending ending, Duration took) {
    conversations.labelValues(outcome(agreement), ending.name().toLowerCase(Locale.ROOT)).inc();
    seconds.observe(took.toNanos() / NANOS);
  }

  private static String outcome(Agreement agreement) {
    return switch (agreement) {
      case Agreement.Adjust(var command, Freshness freshness) ->
          switch (freshness) {
            case FRESH -> "fresh";
            case KEPT -> "kept";
          };
      case Agreement.AsAuthored(var reason) -> "unchanged";
      case Agreement.Unchanged(var reason) -> "unchanged";
    };
  }

  private void gauge(String name, String help, DoubleSupplier value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(callback -> callback.call(value.getAsDouble()))
        .register(registry);
  }
}
