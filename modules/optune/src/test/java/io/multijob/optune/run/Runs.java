package io.multijob.optune.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.multijob.protocol.Annotation;
import io.multijob.protocol.Annotations;
import io.multijob.protocol.EventJson;
import io.multijob.protocol.Measurement;
import io.multijob.protocol.Metric;
import io.multijob.protocol.Metrics;
import io.multijob.protocol.Outcome;
import java.time.Instant;
import java.util.Map;

/// Runs for tests.
public final class Runs {
  public static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

  private Runs() {}

  /// A run of the app that took so many seconds, one core and 64 MiB, and was received as it ended.
  public static Run succeeded(String id, String appId, double seconds) {
    return ended(id, appId, seconds, NOON, "Completed", 0);
  }

  public static Run failed(String id, String appId, double seconds) {
    return ended(id, appId, seconds, NOON, "OOMKilled", 137);
  }

  public static Run endedAt(String id, String appId, Instant finished) {
    return ended(id, appId, 1, finished, "Completed", 0);
  }

  public static Run of(String id, String appId, Measurement measurement) {
    return new Run(id, new AppKey("acme", appId), NOON, measurement, EventJson.write(measurement));
  }

  public static byte[] body(Run run) {
    return run.document().getBytes(UTF_8);
  }

  private static Run ended(
      String id, String appId, double seconds, Instant finished, String reason, int exitCode) {
    Metrics metrics =
        new Metrics(
            Map.of(
                Metric.DURATION,
                seconds,
                Metric.CPU_TIME,
                seconds,
                Metric.MAX_MEMORY,
                67_108_864.0));
    Annotations annotations =
        Annotations.of(
            Map.of(
                Annotation.REASON,
                reason,
                Annotation.EXITCODE,
                Integer.toString(exitCode),
                Annotation.FINISHED,
                finished.toString()));
    return of(id, appId, new Measurement(new Outcome.Measured(metrics), annotations));
  }
}
