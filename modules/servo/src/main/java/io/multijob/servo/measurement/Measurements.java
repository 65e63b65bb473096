package io.multijob.servo.measurement;

import io.multijob.protocol.Annotations;
import io.multijob.protocol.Figures;
import io.multijob.protocol.Measurement;
import io.multijob.protocol.Metric;
import io.multijob.protocol.Metrics;
import io.multijob.protocol.Outcome;
import io.multijob.protocol.PodmonReport;
import io.multijob.servo.pod.Pod;
import io.multijob.servo.pod.PodMoment;
import io.multijob.servo.pod.RunEnd.Cause;
import io.multijob.servo.pod.RunEnd.RunSpan;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Turns a [Run] into what is reported of it.
public final class Measurements {
  private static final int MAX_MESSAGE = 1_000;
  private static final double NANOS_PER_SECOND = 1e9;

  /// A `done-at` with more digits is no time.
  private static final int MAX_TIME_DIGITS = 32;

  private Measurements() {}

  public static Measurement of(Run run) {
    return switch (run.end().span()) {
      case RunSpan.Ran span -> {
        RunTimes times = RunTimes.of(span, run.stats());
        Annotations annotations = RunAnnotations.of(run, times);
        yield new Measurement(new Outcome.Measured(metrics(run, times)), annotations);
      }
      case RunSpan.NeverRan() ->
          new Measurement(new Outcome.Failed(message(run.end().cause())), RunAnnotations.of(run));
    };
  }

  private static Metrics metrics(Run run, RunTimes times) {
    Duration duration = times.duration();
    Metrics metrics = Metrics.NONE.with(Metric.DURATION, duration);
    if (duration.isPositive()) {
      metrics = metrics.with(Metric.PERF, NANOS_PER_SECOND / duration.toNanos());
    }
    Optional<Duration> estimate = estimate(run.pod());
    if (estimate.isPresent()) {
      metrics = metrics.with(Metric.EST_DURATION, estimate.get());
    }
    return switch (run.stats()) {
      case RunStats.Nothing() -> metrics;
      case RunStats.Counted(PodmonReport report, var way) -> counted(metrics, report.pod());
      case RunStats.Sampled(Figures figures, var at) -> counted(metrics, figures);
    };
  }

  private static Metrics counted(Metrics metrics, Figures figures) {
    Metrics more = metrics;
    if (figures.cpuTime().isPresent()) {
      more = more.with(Metric.CPU_TIME, figures.cpuTime().get());
    }
    if (figures.peakMemory().isPresent()) {
      more = more.with(Metric.MAX_MEMORY, figures.peakMemory().get());
    }
    return more;
  }

  /// From the pod's creation to the end that its author foretold in the annotation `done-at`, in
  /// seconds since the epoch; nothing when that is no time, or none after the creation.
  private static Optional<Duration> estimate(Pod pod) {
    String doneAt = pod.app().doneAt();
    if (doneAt.length() > MAX_TIME_DIGITS || !doneAt.matches("\\d{1,12}(\\.\\d+)?")) {
      return Optional.empty();
    }
    BigDecimal seconds = new BigDecimal(doneAt);
    long nanos = seconds.remainder(BigDecimal.ONE).movePointRight(9).longValue();
    Instant end = Instant.ofEpochSecond(seconds.longValue(), nanos);
    return pod.times()
        .at(PodMoment.CREATED)
        .map(created -> Duration.between(created, end))
        .filter(Duration::isPositive);
  }

  private static String message(Cause cause) {
    String message =
        cause.message().isEmpty() ? cause.reason() : cause.reason() + ": " + cause.message();
    return cut(message);
  }

  static String cut(String text) {
    String stripped = text.strip();
    return stripped.length() <= MAX_MESSAGE ? stripped : stripped.substring(0, MAX_MESSAGE);
  }
}
