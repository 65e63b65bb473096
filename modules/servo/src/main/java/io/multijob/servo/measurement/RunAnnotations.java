package io.multijob.servo.measurement;

import io.multijob.protocol.Annotation;
import io.multijob.protocol.Annotations;
import io.multijob.protocol.PodmonReport;
import io.multijob.servo.pod.Pod;
import io.multijob.servo.pod.PodMoment;
import io.multijob.servo.pod.RunEnd;
import io.multijob.servo.pod.RunEnd.Exit;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// Says of a [Run] what its metrics do not.
///
/// Not thread-safe: collects those of one run.
final class RunAnnotations {
  /// Beside those of the protocol: why the run ended, in a sentence, where somebody gave one.
  private static final String MESSAGE = "message";

  /// Beside those of the protocol: when the kubelet had looked last, RFC 3339.
  private static final String SAMPLED = "sampled";

  private static final String KUBELET = "kubelet";

  private final Map<String, String> values = new LinkedHashMap<>();

  private RunAnnotations() {}

  /// Those of a run that never began.
  static Annotations of(Run run) {
    RunAnnotations annotations = new RunAnnotations();
    annotations.describe(run);
    return new Annotations(annotations.values);
  }

  static Annotations of(Run run, RunTimes times) {
    RunAnnotations annotations = new RunAnnotations();
    annotations.describe(run);
    annotations.put(Annotation.STARTED, times.started().toString());
    annotations.put(Annotation.FINISHED, times.finished().toString());
    annotations.put(Annotation.TIMES, times.clock());
    return new Annotations(annotations.values);
  }

  private void describe(Run run) {
    Pod pod = run.pod();
    put(Annotation.POD_UID, pod.uid());
    put(Annotation.APP_ID, pod.app().id());
    put(Annotation.NAMESPACE, pod.identity().namespace());
    put(Annotation.POD, pod.identity().name());
    put(Annotation.NODE, pod.identity().node());
    put(Annotation.OWNER, pod.identity().owner().toString());
    put(Annotation.RESOURCES, pod.app().workload().resources());
    putTime(Annotation.CREATED, pod, PodMoment.CREATED);
    putTime(Annotation.SCHEDULED, pod, PodMoment.SCHEDULED);
    putTime(Annotation.INITIALIZED, pod, PodMoment.INITIALIZED);
    put(Annotation.REASON, RunReason.of(run));
    describe(run.end());
    describe(run.stats());
    put(Annotation.CONTAINERS, ContainersJson.of(pod, run.stats()));
  }

  private void describe(RunEnd end) {
    if (!end.cause().message().isEmpty()) {
      values.put(MESSAGE, Measurements.cut(end.cause().message()));
    }
    if (end.exit() instanceof Exit.Exited(int code)) {
      put(Annotation.EXITCODE, Integer.toString(code));
    }
  }

  private void describe(RunStats stats) {
    switch (stats) {
      case RunStats.Nothing() -> {
        put(Annotation.STATS, "none");
        put(Annotation.SOURCE, "status");
      }
      case RunStats.Counted(PodmonReport report, RunStats.Way way) -> {
        put(Annotation.STATS, way.wire());
        put(Annotation.SOURCE, report.source());
        put(Annotation.PEAK, report.peak().wire());
        report.pod().oomKills().ifPresent(kills -> put(Annotation.OOM_KILLS, Long.toString(kills)));
      }
      case RunStats.Sampled(var figures, Instant at) -> {
        put(Annotation.STATS, KUBELET);
        put(Annotation.SOURCE, KUBELET);
        put(Annotation.PEAK, PodmonReport.Peak.SAMPLED.wire());
        values.put(SAMPLED, at.toString());
      }
    }
  }

  private void putTime(Annotation annotation, Pod pod, PodMoment moment) {
    pod.times().at(moment).ifPresent(at -> put(annotation, at.toString()));
  }

  /// What is empty is not known, and not said.
  private void put(Annotation annotation, String value) {
    if (!value.isEmpty()) {
      values.put(annotation.wire(), value);
    }
  }
}
