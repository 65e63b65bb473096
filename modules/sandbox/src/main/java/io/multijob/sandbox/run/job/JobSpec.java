package io.multijob.sandbox.run.job;

import io.multijob.sandbox.api.object.Json;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/// A Job, as its author wants it.
///
/// @param parallelism how many pods run at once
/// @param completions how many must succeed; empty: one, and then no more are made
/// @param backoffLimit how many may fail
/// @param activeDeadline how long it may take
/// @param timeToLive how long it stays after its end
/// @param mode whether its pods are alike
/// @param suspension whether it is to rest
public record JobSpec(
    int parallelism,
    OptionalInt completions,
    int backoffLimit,
    Optional<Duration> activeDeadline,
    Optional<Duration> timeToLive,
    Mode mode,
    Suspension suspension) {

  /// Whether its pods are alike.
  public enum Mode {
    NON_INDEXED,
    /// Each has a number, from 0 to `completions` - 1, and each number must succeed.
    INDEXED
  }

  /// Whether it is to rest.
  public enum Suspension {
    ACTIVE,
    SUSPENDED
  }

  /// Reads the spec of a Job that the API server has defaulted and validated.
  public static JobSpec of(JsonNode job) {
    JsonNode spec = job.path("spec");
    JsonNode completions = spec.path("completions");
    return new JobSpec(
        (int) Json.number(spec, 1, "parallelism"),
        completions.isNumber() ? OptionalInt.of(completions.asInt()) : OptionalInt.empty(),
        (int) Json.number(spec, 6, "backoffLimit"),
        seconds(spec.path("activeDeadlineSeconds")),
        seconds(spec.path("ttlSecondsAfterFinished")),
        Json.text(spec, "completionMode").equals("Indexed") ? Mode.INDEXED : Mode.NON_INDEXED,
        spec.path("suspend").asBoolean(false) ? Suspension.SUSPENDED : Suspension.ACTIVE);
  }

  private static Optional<Duration> seconds(JsonNode number) {
    return number.isNumber() ? Optional.of(Duration.ofSeconds(number.asLong())) : Optional.empty();
  }
}
