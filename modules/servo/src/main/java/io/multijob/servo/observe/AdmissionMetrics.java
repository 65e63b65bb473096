package io.multijob.servo.observe;

import static java.util.Locale.ROOT;

import io.multijob.servo.admission.Adjustment;
import io.multijob.servo.admission.AdmissionListener;
import io.multijob.servo.admission.Decision;
import io.multijob.servo.injection.Injected;
import io.multijob.servo.pod.Owner;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;

/// Counts what is done with pods that are about to be made.
///
/// Thread-safe.
public final class AdmissionMetrics implements AdmissionListener {
  private static final double NANOS = 1e9;

  private final Counter reviews;
  private final Histogram answers;
  private final Counter podmon;
  private final Counter adjustments;

  AdmissionMetrics(PrometheusRegistry registry) {
    reviews =
        Counter.builder()
            .name("servo_admission_reviews_total")
            .help("Admission reviews, by how they ended. Every pod was allowed.")
            .labelNames("outcome")
            .register(registry);
    answers =
        Histogram.builder()
            .name("servo_admission_seconds")
            .help("How long an admission review took, with the conversation.")
            .classicOnly()
            .classicUpperBounds(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3)
            .register(registry);
    podmon =
        Counter.builder()
            .name("servo_admission_podmon_total")
            .help("Pods of ours that were about to be made, by what became of podmon in them.")
            .labelNames("result")
            .register(registry);
    adjustments =
        Counter.builder()
            .name("servo_admission_adjustments_total")
            .help("The same pods, by what became of the service's settings in them.")
            .labelNames("result")
            .register(registry);
    for (Ending ending : Ending.values()) {
      reviews.initLabelValues(ending.toString());
    }
  }

  @Override
  public void reviewed(Ending ending, Duration took) {
    reviews.labelValues(ending.toString()).inc();
    answers.observe(took.toNanos() / NANOS);
  }

  @Override
  public void decided(String namespace, Owner owner, Decision decision) {
    podmon.labelValues(result(decision.podmon())).inc();
    adjustments.labelValues(result(decision.adjustment())).inc();
  }

  private static String result(Injected podmon) {
    return switch (podmon) {
      case Injected.Done() -> "injected";
      case Injected.Already() -> "already";
      case Injected.Left(var reason) -> reason.name().toLowerCase(ROOT);
    };
  }

  private static String result(Adjustment adjustment) {
    return switch (adjustment) {
      case Adjustment.Applied(var settings, var freshness) -> freshness.name().toLowerCase(ROOT);
      case Adjustment.Rehearsed(var settings) -> "would_adjust";
      case Adjustment.Unfit(var command, var message) -> "unfit";
      case Adjustment.None(var reason) -> "none";
    };
  }
}
