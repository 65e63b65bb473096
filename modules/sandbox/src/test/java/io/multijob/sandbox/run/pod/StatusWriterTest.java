package io.multijob.sandbox.run.pod;

import static io.multijob.sandbox.run.pod.Pods.NOW;
import static io.multijob.sandbox.run.pod.Pods.begin;
import static io.multijob.sandbox.run.pod.Pods.container;
import static io.multijob.sandbox.run.pod.Pods.ended;
import static io.multijob.sandbox.run.pod.Pods.started;
import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.sandbox.api.object.Json;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

final class StatusWriterTest {
  private static final ContainerSpec SIDECAR = container("sidecar", Role.SIDECAR);
  private static final ContainerSpec MAIN = container("main", Role.REGULAR);

  private final StatusWriter writer = new StatusWriter(new Node("node", "127.0.0.1", 2, 1 << 30));

  @Test
  void aPodThatWasJustSeenIsPending() {
    ObjectNode status = write(begin(RestartPolicy.NEVER, MAIN));

    assertThat(Json.text(status, "phase")).isEqualTo("Pending");
    assertThat(Json.text(status, "startTime")).isEqualTo("2026-11-22T10:00:00Z");
    assertThat(state(status, "containerStatuses").toString())
        .isEqualTo("{\"waiting\":{\"reason\":\"ContainerCreating\"}}");
    assertThat(condition(status, "Ready")).isEqualTo("False ContainersNotReady");
    assertThat(condition(status, "Initialized")).isEqualTo("True ");
  }

  @Test
  void aPodWithInitContainersIsInitializing() {
    ObjectNode status = write(begin(RestartPolicy.NEVER, SIDECAR, MAIN));

    assertThat(state(status, "containerStatuses").toString())
        .isEqualTo("{\"waiting\":{\"reason\":\"PodInitializing\"}}");
    assertThat(condition(status, "Initialized")).isEqualTo("False ContainersNotInitialized");
  }

  @Test
  void aPodRunsWhenItsContainersHaveStarted() {
    ObjectNode status =
        write(started(begin(RestartPolicy.NEVER, SIDECAR, MAIN), "sidecar", "main"));

    assertThat(Json.text(status, "phase")).isEqualTo("Running");
    assertThat(state(status, "containerStatuses").toString())
        .isEqualTo("{\"running\":{\"startedAt\":\"2026-11-22T10:00:00Z\"}}");
    assertThat(Json.text(status.path("containerStatuses").get(0), "containerID"))
        .isEqualTo("containerd://id-main");
    assertThat(condition(status, "Ready")).isEqualTo("True ");
  }

  @Test
  void aPodRunsUntilItsSidecarsHaveEnded() {
    PodState mainEnded =
        ended(started(begin(RestartPolicy.NEVER, SIDECAR, MAIN), "sidecar", "main"), "main", 0)
            .stopping(new Stop(Stop.Reason.OVER, NOW));

    assertThat(Json.text(write(mainEnded), "phase")).isEqualTo("Running");

    PodState over = ended(mainEnded, "sidecar", 0).finished();
    assertThat(Json.text(write(over), "phase")).isEqualTo("Succeeded");
  }

  @Test
  void aPodFailsWithOneOfItsContainers() {
    PodState over = ended(started(begin(RestartPolicy.NEVER, MAIN), "main"), "main", 3).finished();

    ObjectNode status = write(over);

    assertThat(Json.text(status, "phase")).isEqualTo("Failed");
    assertThat(condition(status, "Ready")).isEqualTo("False PodFailed");
    assertThat(state(status, "containerStatuses").toString())
        .isEqualTo(
            "{\"terminated\":{\"exitCode\":3,\"reason\":\"Error\","
                + "\"startedAt\":\"2026-11-22T10:00:00Z\",\"finishedAt\":\"2026-11-22T10:00:00Z\","
                + "\"containerID\":\"containerd://id-main\"}}");
  }

  @Test
  void aPodThatMissedItsDeadlineHasFailedHoweverItEnded() {
    PodState over =
        ended(
                started(begin(RestartPolicy.NEVER, MAIN), "main")
                    .stopping(new Stop(Stop.Reason.DEADLINE_EXCEEDED, NOW)),
                "main",
                0)
            .finished();

    ObjectNode status = write(over);

    assertThat(Json.text(status, "phase")).isEqualTo("Failed");
    assertThat(Json.text(status, "reason")).isEqualTo("DeadlineExceeded");
  }

  @Test
  void aContainerThatIsNotThereAtTheEndIsUnknown() {
    PodState over =
        begin(RestartPolicy.NEVER, MAIN).stopping(new Stop(Stop.Reason.DELETED, NOW)).finished();

    ObjectNode status = write(over);

    assertThat(Json.text(status, "phase")).isEqualTo("Failed");
    assertThat(Json.text(state(status, "containerStatuses"), "terminated", "reason"))
        .isEqualTo("ContainerStatusUnknown");
  }

  @Test
  void aContainerThatWaitsToBeStartedAgainSaysHowItEnded() {
    PodState again = ended(started(begin(RestartPolicy.ALWAYS, MAIN), "main"), "main", 1);
    PodState waiting = ended(started(again, "main"), "main", 2);

    ObjectNode status = write(waiting);

    JsonNode container = status.path("containerStatuses").get(0);
    assertThat(Json.text(status, "phase")).isEqualTo("Running");
    assertThat(container.path("restartCount").asInt()).isEqualTo(2);
    assertThat(container.path("state").toString())
        .isEqualTo(
            "{\"waiting\":{\"reason\":\"CrashLoopBackOff\",\"message\":\"back-off 10s restarting"
                + " failed container=main pod=pod_default(1-2-3)\"}}");
    assertThat(Json.at(container, "lastState", "terminated", "exitCode").asInt()).isEqualTo(2);
  }

  @Test
  void aConditionKeepsItsTimeWhileItHolds() {
    write(begin(RestartPolicy.NEVER, MAIN));

    ObjectNode later =
        writer.write(started(begin(RestartPolicy.NEVER, MAIN), "main"), NOW.plusSeconds(5));

    assertThat(since(later, "PodScheduled")).isEqualTo("2026-11-22T10:00:00Z");
    assertThat(since(later, "Ready")).isEqualTo("2026-11-22T10:00:05Z");
  }

  @Test
  void allContainersOfAPodShareTheRoomForLastWords() {
    Termination wordy = new Termination("id", 0, "Completed", "x".repeat(4_096), NOW, NOW);
    ContainerSpec[] containers = new ContainerSpec[4];
    Arrays.setAll(containers, i -> container("c" + i, Role.REGULAR));
    PodState state = begin(RestartPolicy.NEVER, containers).ended("c0", wordy, Pods.BACKOFF);

    ObjectNode status = write(state);

    assertThat(Json.text(state(status, "containerStatuses"), "terminated", "message"))
        .hasSize(12 * 1024 / 4);
  }

  private ObjectNode write(PodState state) {
    return writer.write(state, NOW);
  }

  private static JsonNode state(JsonNode status, String list) {
    return status.path(list).get(0).path("state");
  }

  private static String condition(JsonNode status, String type) {
    JsonNode condition = find(status, type);
    return Json.text(condition, "status") + " " + Json.text(condition, "reason");
  }

  private static String since(JsonNode status, String type) {
    return Json.text(find(status, type), "lastTransitionTime");
  }

  private static JsonNode find(JsonNode status, String type) {
    return status
        .path("conditions")
        .valueStream()
        .filter(each -> Json.text(each, "type").equals(type))
        .findFirst()
        .orElseThrow();
  }
}
