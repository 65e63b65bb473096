package io.multijob.optune.run;

import io.multijob.protocol.Annotation;
import io.multijob.protocol.Measurement;
import io.multijob.protocol.Metric;
import io.multijob.protocol.Outcome;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.OptionalDouble;

/// A run as it was reported.
///
/// @param id unique among all runs: a second report with this id is the same run
/// @param app whose run it was
/// @param received when its report came
/// @param measurement what the report says
/// @param document the report as it came, JSON
public record Run(
    String id, AppKey app, Instant received, Measurement measurement, String document) {

  private static final String COMPLETED = "Completed";

  public Ending ending() {
    boolean failed =
        measurement.outcome() instanceof Outcome.Failed
            || exitCode().filter(code -> code != 0).isPresent()
            || reason().filter(reason -> !COMPLETED.equals(reason)).isPresent();
    return failed ? Ending.FAILED : Ending.SUCCEEDED;
  }

  /// When the run ended, as far as is known: never later than its report, whatever its node's clock
  /// says.
  public Instant ended() {
    return moment(Annotation.FINISHED).filter(received::isAfter).orElse(received);
  }

  /// The time in the annotation; none if it is absent or not a time of RFC 3339.
  public Optional<Instant> moment(Annotation annotation) {
    try {
      return annotation(annotation).map(text -> OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  public Optional<Integer> exitCode() {
    try {
      return annotation(Annotation.EXITCODE).map(Integer::valueOf);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  public Optional<String> reason() {
    return annotation(Annotation.REASON);
  }

  public Optional<String> annotation(Annotation annotation) {
    return measurement.annotations().get(annotation);
  }

  /// The figure in the metric's own unit.
  public OptionalDouble metric(Metric metric) {
    return switch (measurement.outcome()) {
      case Outcome.Measured(var metrics) -> metrics.get(metric);
      case Outcome.Failed _ -> OptionalDouble.empty();
    };
  }
}
