package io.multijob.sandbox.run.job;

import io.multijob.sandbox.api.object.Json;
import io.multijob.sandbox.api.object.Timestamps;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// A pod of a Job.
///
/// @param index its number in an indexed Job
/// @param restarts of all its containers together, where its policy is `OnFailure`
/// @param finished when its last container ended, the epoch while one has not
public record JobPod(
    String uid,
    String name,
    OptionalInt index,
    End end,
    Health health,
    int restarts,
    Instant finished) {
  /// Where a pod of an indexed Job has its number.
  public static final String INDEX = "batch.kubernetes.io/job-completion-index";

  /// Whether and how it has ended.
  public enum End {
    NOT_YET,
    /// It is being deleted and has not ended.
    TERMINATING,
    SUCCEEDED,
    FAILED
  }

  /// Whether it serves.
  public enum Health {
    READY,
    NOT_READY
  }

  public static JobPod of(JsonNode pod) {
    JsonNode meta = pod.path("metadata");
    JsonNode status = pod.path("status");
    String index = Json.text(meta, "annotations", INDEX);
    return new JobPod(
        Json.text(meta, "uid"),
        Json.text(meta, "name"),
        index.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(index)),
        end(pod),
        status.path("conditions").valueStream().anyMatch(JobPod::saysReady)
            ? Health.READY
            : Health.NOT_READY,
        restarts(pod),
        containers(status)
            .map(each -> Timestamps.read(Json.at(each, "state", "terminated", "finishedAt")))
            .flatMap(Optional::stream)
            .max(Instant::compareTo)
            .orElse(Instant.EPOCH));
  }

  boolean isActive() {
    return end == End.NOT_YET;
  }

  boolean hasEnded() {
    return end == End.SUCCEEDED || end == End.FAILED;
  }

  private static End end(JsonNode pod) {
    return switch (Json.text(pod, "status", "phase")) {
      case "Succeeded" -> End.SUCCEEDED;
      case "Failed" -> End.FAILED;
      default -> pod.path("metadata").has("deletionTimestamp") ? End.TERMINATING : End.NOT_YET;
    };
  }

  private static int restarts(JsonNode pod) {
    return Json.text(pod, "spec", "restartPolicy").equals("OnFailure")
        ? containers(pod.path("status"))
            .mapToInt(each -> (int) Json.number(each, 0, "restartCount"))
            .sum()
        : 0;
  }

  private static boolean saysReady(JsonNode condition) {
    return Json.text(condition, "type").equals("Ready")
        && Json.text(condition, "status").equals("True");
  }

  private static Stream<JsonNode> containers(JsonNode status) {
    return Stream.concat(
        status.path("initContainerStatuses").valueStream(),
        status.path("containerStatuses").valueStream());
  }
}
