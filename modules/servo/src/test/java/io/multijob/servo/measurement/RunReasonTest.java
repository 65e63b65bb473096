package io.multijob.servo.measurement;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.protocol.PodmonReport;
import io.multijob.servo.pod.ContainerKind;
import io.multijob.servo.pod.ContainerState;
import io.multijob.servo.pod.ContainerStatus;
import io.multijob.servo.pod.Owner;
import io.multijob.servo.pod.Pod;
import io.multijob.servo.pod.PodApp;
import io.multijob.servo.pod.PodConditions;
import io.multijob.servo.pod.PodIdentity;
import io.multijob.servo.pod.PodMarks;
import io.multijob.servo.pod.PodPhase;
import io.multijob.servo.pod.PodStatus;
import io.multijob.servo.pod.PodTimes;
import io.multijob.servo.pod.RestartPolicy;
import io.multijob.servo.pod.RunEnd;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RunReasonTest {
  @ParameterizedTest
  @CsvSource({
    "Error, 137, 1, OOMKilled",
    "Error, 137, 0, Error",
    "Error, 1, 1, Error",
    "Completed, 0, 1, Completed",
    "Deleted, 137, 1, Deleted",
    "OOMKilled, 137, 0, OOMKilled"
  })
  void aWorkloadThatTheKernelKilledForMemoryIsSaidToBe(
      String said, int exit, int kills, String reason) {
    RunStats stats =
        stats(
            """
            {"containers":[{"id":"main-id","oom_kills":%d},{"id":"side-id","oom_kills":1}]}
            """
                .formatted(kills));

    assertThat(reasonOf(said, exit, stats, "main", "side")).isEqualTo(reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"oom_kills\":2}", "{\"oom_kills\":2,\"containers\":[{\"id\":\"main-id\"}]}"})
  void aPodOfOneContainerIsItsWorkload(String podmon) {
    RunStats stats = stats(podmon);

    assertThat(reasonOf("Error", 137, stats, "main")).isEqualTo("OOMKilled");
    assertThat(reasonOf("Error", 137, stats, "main", "side")).isEqualTo("Error");
  }

  @Test
  void withoutFiguresItIsAsTheClusterSays() {
    assertThat(reasonOf("Error", 137, new RunStats.Nothing(), "main")).isEqualTo("Error");
  }

  private static String reasonOf(String said, int exit, RunStats stats, String... containers) {
    RunEnd end =
        new RunEnd(
            new RunEnd.RunSpan.NeverRan(),
            new RunEnd.Exit.Exited(exit),
            new RunEnd.Cause(said, ""));
    return RunReason.of(new Run(pod(containers), end, stats));
  }

  private static RunStats stats(String stats) {
    String json = "{\"id\":\"p1\",\"stats\":" + stats + "}";
    return new RunStats.Counted(PodmonReport.parse(json.getBytes(UTF_8)), RunStats.Way.MESSAGE);
  }

  private static Pod pod(String... containers) {
    List<ContainerStatus> statuses =
        Stream.concat(Stream.of(containers), Stream.of(Pod.MONITOR))
            .map(name ->
                new ContainerStatus(
                    ContainerKind.REGULAR,
                    name,
                    "containerd://" + name + "-id",
                    new ContainerState.Running(Instant.EPOCH)))
            .toList();
    return new Pod(
        new PodIdentity("p1", "batch", "pod-1", "node-1", Owner.NONE),
        new PodApp(
            "nightly",
            new PodApp.Workload("main", "{}", RestartPolicy.NEVER),
            "",
            RestartPolicy.NEVER),
        new PodTimes(Map.of()),
        new PodStatus(PodPhase.FAILED, "", "", PodConditions.NONE, statuses),
        PodMarks.NONE);
  }
}
