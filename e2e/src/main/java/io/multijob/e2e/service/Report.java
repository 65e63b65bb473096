package io.multijob.e2e.service;

import io.multijob.protocol.Annotation;
import io.multijob.protocol.Measurement;
import io.multijob.protocol.Metric;
import io.multijob.protocol.Outcome;
import java.time.Duration;
import java.time.Instant;

/// The report of a run, as the service received it.
public record Report(Received received, Measurement measurement) {

  static Report of(Received received) {
    if (received.event() instanceof Measurement measurement) {
      return new Report(received, measurement);
    }
    throw new IllegalArgumentException("no report of a run: " + received.event().name());
  }

  /// The pod's uid.
  public String uid() {
    return annotation(Annotation.POD_UID);
  }

  public String appId() {
    return received.appId();
  }

  /// What the annotation says; empty when it is not there.
  public String annotation(Annotation annotation) {
    return measurement.annotations().get(annotation).orElse("");
  }

  /// Why the run ended, in a sentence; empty when nobody gave one.
  public String message() {
    return measurement.annotations().values().getOrDefault("message", "");
  }

  /// Why the run never began.
  ///
  /// @throws AssertionError if it did
  public String failure() {
    if (measurement.outcome() instanceof Outcome.Failed(String message)) {
      return message;
    }
    throw new AssertionError("no failure: " + this);
  }

  /// The metric in its own unit.
  ///
  /// @throws AssertionError if the report has none
  public double metric(Metric metric) {
    if (measurement.outcome() instanceof Outcome.Measured(var metrics)
        && metrics.get(metric).isPresent()) {
      return metrics.get(metric).getAsDouble();
    }
    throw new AssertionError("no " + metric.wire() + " in " + this);
  }

  public Duration duration() {
    return Duration.ofNanos(Math.round(metric(Metric.DURATION) * 1e9));
  }

  public Instant started() {
    return Instant.parse(annotation(Annotation.STARTED));
  }

  public Instant finished() {
    return Instant.parse(annotation(Annotation.FINISHED));
  }
}
