package io.multijob.protocol;

import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// One event of each kind and variant, named as its golden file.
final class SampleEvents {
  private static final Metrics METRICS =
      Metrics.NONE
          .with(Metric.DURATION, Duration.ofMillis(2_345))
          .with(Metric.PERF, 0.42643923240938164)
          .with(Metric.CPU_TIME, Duration.ofNanos(1_003_214_567))
          .with(Metric.MAX_MEMORY, Memory.ofMebibytes(64));

  private SampleEvents() {}

  static SequencedMap<String, Event> all() {
    var events = new LinkedHashMap<String, Event>();
    events.put(
        "hello", new Hello("acme", "servo-k8s-multijob", "0.1.0", List.of("default", "batch")));
    events.put("hello-original", new Hello("acme", "", "", List.of()));
    events.put("whats-next", new WhatsNext());
    events.put("description", description());
    events.put("description-nothing-to-adjust", new Description(Map.of(), EnumSet.of(Metric.PERF)));
    events.put("adjustment-applied", new Adjustment.Applied());
    events.put("adjustment-failed", new Adjustment.Failed("cpu: 9 is more than 3.5"));
    events.put("measurement", measured());
    events.put("measurement-original", original());
    events.put("measurement-of-no-time", ofNoTime());
    events.put("measurement-failed", failed());
    events.put("diag", new Diag("acme", "watch", "connection reset\n\tby \"peer\""));
    events.put("goodbye", new Goodbye("acme", "signal 15"));
    return events;
  }

  private static Description description() {
    var main = new LinkedHashMap<String, Range>();
    main.put("cpu", new Range(0.25, 0, 3.5, 0.001));
    main.put("mem", new Range(134_217_728, 0, 1_073_741_824, 4_096));
    main.put("BATCH_SIZE", new Range(-5, -10, 1_000_000, 0, "rows"));
    var components = new LinkedHashMap<String, Map<String, Range>>();
    components.put("main", main);
    components.put("side.car", Map.of());
    return new Description(components, EnumSet.allOf(Metric.class));
  }

  private static Measurement measured() {
    var annotations = new LinkedHashMap<String, String>();
    annotations.put("resources", "{\"limits\":{\"cpu\":\"500m\",\"memory\":\"128Mi\"}}");
    annotations.put("exitcode", "0");
    annotations.put("pod_uid", "0f6b3c1e-58a1-4d0a-9c53-3f1c6b1f5a10");
    annotations.put("app_id", "nightly/report");
    annotations.put("namespace", "batch");
    annotations.put("pod", "nightly-report-29389440-x7k2p");
    annotations.put("node", "node-1");
    annotations.put("owner", "CronJob/nightly-report");
    annotations.put("reason", "Completed");
    annotations.put("oom_kills", "0");
    annotations.put("created", "2026-11-22T11:59:57Z");
    annotations.put("scheduled", "2026-11-22T11:59:57Z");
    annotations.put("initialized", "2026-11-22T11:59:59Z");
    annotations.put("started", "2026-11-22T12:00:00.123456789Z");
    annotations.put("finished", "2026-11-22T12:00:02.468456789Z");
    annotations.put("stats", "message");
    annotations.put("source", "cgroup-v2");
    annotations.put("times", "podmon");
    annotations.put("containers", "[{\"name\":\"main\",\"cpu_time\":1.001}]");
    annotations.put("team", "données");
    return new Measurement(
        new Outcome.Measured(METRICS.with(Metric.EST_DURATION, 7.5)), new Annotations(annotations));
  }

  private static Measurement original() {
    return new Measurement(
        new Outcome.Measured(METRICS),
        Annotations.of(Map.of(Annotation.RESOURCES, "{}", Annotation.EXITCODE, "137")));
  }

  private static Measurement ofNoTime() {
    return new Measurement(
        new Outcome.Measured(Metrics.NONE.with(Metric.DURATION, 0)), Annotations.NONE);
  }

  private static Measurement failed() {
    return new Measurement(
        new Outcome.Failed("the image cannot be pulled"),
        Annotations.NONE
            .with(Annotation.POD_UID, "5d3f7a52-1c39-4f8e-8f4e-6c8f6a6f7b21")
            .with(Annotation.REASON, "ImagePullBackOff"));
  }
}
