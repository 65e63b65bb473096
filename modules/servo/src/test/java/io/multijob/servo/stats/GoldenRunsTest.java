package io.multijob.servo.stats;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.protocol.EventJson;
import io.multijob.protocol.PodmonReport;
import io.multijob.servo.measurement.Measurements;
import io.multijob.servo.measurement.Run;
import io.multijob.servo.pod.ContainerKind;
import io.multijob.servo.pod.ContainerState;
import io.multijob.servo.pod.ContainerStatus;
import io.multijob.servo.pod.GoldenRun;
import io.multijob.servo.pod.Pod;
import io.multijob.servo.pod.PodPhase;
import io.multijob.servo.pod.PodStatus;
import io.multijob.servo.pod.TreePods;
import io.multijob.servo.stats.StatsTiming.Posts;
import io.multijob.servo.watch.Scope;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// From a pod as the API server shows it to the measurement that is reported: every file of the
/// folder `runs` is a case. To add one, put a file there.
final class GoldenRunsTest {
  private static final Duration DEADLINE = Duration.ofSeconds(30);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  static List<GoldenRun> runs() throws Exception {
    return GoldenRun.all();
  }

  @ParameterizedTest
  @MethodSource("runs")
  void reportsTheRunAsWritten(GoldenRun golden, @TempDir Path directory) throws Exception {
    RecordingSink sink = new RecordingSink();
    SettableClock clock = new SettableClock(golden.now());
    RunHandover handover = new RunHandover(sink, sink, Duration.ofMillis(1));
    RunTracker tracker =
        new RunTracker(
            Set.of(Scope.ALL),
            handover,
            PostedStats.open(directory, clock),
            new RecordedHolds(),
            StatsTiming.of(DEADLINE, Posts.EXPECTED),
            clock);

    play(golden, tracker);
    clock.advance(DEADLINE);
    tracker.expire();
    handover.close();

    List<JsonNode> events = sink.taken().stream().map(GoldenRunsTest::event).toList();
    assertThat(events)
        .as(golden.document().path("about").asString(""))
        .isEqualTo(
            golden.document().has("event") ? List.of(golden.document().path("event")) : List.of());
  }

  private static void play(GoldenRun golden, RunTracker tracker) throws Exception {
    Pod pod = TreePods.read(golden.pod(), golden.path());
    tracker.listing(Scope.ALL);
    if (golden.document().has("before")) {
      tracker.seen(earlier(pod, golden.document().path("before")));
    }
    if (golden.document().has("posted")) {
      tracker.seen(earlier(pod, JSON.createObjectNode()));
      tracker.posted(
          PodmonReport.parse(golden.document().path("posted").toString().getBytes(UTF_8)));
    }
    if (golden.gone()) {
      tracker.gone(pod);
    } else {
      tracker.seen(pod);
    }
  }

  /// The pod when its workload was still in another state.
  private static Pod earlier(Pod pod, JsonNode before) {
    ContainerState state =
        before.has("running")
            ? new ContainerState.Running(Instant.parse(before.path("running").asString("")))
            : new ContainerState.Waiting(
                before.path("waiting").path("reason").asString(""),
                before.path("waiting").path("message").asString(""));
    ContainerStatus workload =
        new ContainerStatus(ContainerKind.REGULAR, pod.app().workload().name(), "", state);
    PodStatus status =
        new PodStatus(PodPhase.PENDING, "", "", pod.status().conditions(), List.of(workload));
    return new Pod(pod.identity(), pod.app(), pod.times(), status, pod.marks());
  }

  private static JsonNode event(Run run) {
    return JSON.readTree(EventJson.write(Measurements.of(run)));
  }
}
