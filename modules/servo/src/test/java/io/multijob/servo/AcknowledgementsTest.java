package io.multijob.servo;

import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.protocol.Adjustment;
import io.multijob.protocol.Annotation;
import io.multijob.protocol.Annotations;
import io.multijob.protocol.Event;
import io.multijob.protocol.EventJson;
import io.multijob.protocol.Measurement;
import io.multijob.protocol.Metrics;
import io.multijob.protocol.Outcome;
import io.multijob.servo.kubernetes.KubernetesApi;
import io.multijob.servo.mark.PodMarker;
import io.multijob.servo.observe.ServoMetrics;
import io.multijob.servo.report.Report;
import io.multijob.servo.watch.ScriptedApiServer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AcknowledgementsTest {
  private static final Annotations OF_A_POD =
      Annotations.of(Map.of(Annotation.NAMESPACE, "batch", Annotation.POD, "pod-1"));

  /// The marker is not started: what is to be marked waits.
  @Test
  void aMarkFollowsAMeasurementAndNoAdjustment(@TempDir Path directory) throws Exception {
    InstantSource clock = InstantSource.system();
    ServoMetrics metrics = new ServoMetrics("1", clock);
    try (ScriptedApiServer cluster = new ScriptedApiServer();
        KubernetesApi api = cluster.client(directory);
        PodMarker marker = new PodMarker(api, PodMarker.Marking.ON, metrics.marks(), clock)) {
      marker.abandon();
      Acknowledgements acknowledgements =
          new Acknowledgements(metrics.deliveries(), marker, report -> {});

      acknowledgements.delivered(report("uid-1/adjustment", new Adjustment.Applied()));
      acknowledgements.delivered(report("1/failed-adjustment", new Adjustment.Failed("too much")));
      assertThat(marker.waiting()).isZero();

      acknowledgements.delivered(
          report("uid-1", new Measurement(new Outcome.Measured(Metrics.NONE), OF_A_POD)));
      assertThat(marker.waiting()).isEqualTo(1);
    }
  }

  private static Report report(String id, Event event) {
    return new Report(id, "app", EventJson.write(event));
  }
}
