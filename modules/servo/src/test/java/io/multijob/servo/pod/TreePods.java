package io.multijob.servo.pod;

import io.multijob.servo.pod.PodApp.Workload;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Reads a [Pod] from a whole tree: slow, simple, and written apart from the streaming decoder, so
/// that each checks the other.
public final class TreePods {
  private TreePods() {}

  public static Pod read(JsonNode pod, AppIdPath path) {
    JsonNode metadata = pod.path("metadata");
    Optional<AppId> found = path.evaluate(pod);
    return new Pod(
        new PodIdentity(
            text(metadata, "uid"),
            text(metadata, "namespace"),
            text(metadata, "name"),
            text(pod.path("spec"), "nodeName"),
            AppIdPath.ownerOf(pod)),
        new PodApp(
            found.map(AppId::value).orElse(""),
            workload(pod, found.map(AppId::container).orElse(0)),
            text(metadata.path("annotations"), "done-at"),
            RestartPolicy.of(text(pod.path("spec"), "restartPolicy"))),
        times(pod),
        status(pod.path("status")),
        marks(metadata));
  }

  private static PodMarks marks(JsonNode metadata) {
    String reported = text(metadata.path("annotations"), PodMarks.REPORTED);
    boolean held = false;
    for (JsonNode finalizer : metadata.path("finalizers")) {
      held |= finalizer.isString() && finalizer.stringValue().equals(PodMarks.FINALIZER);
    }
    boolean leaving =
        time(metadata, "deletionTimestamp").isPresent()
            && metadata.path("deletionGracePeriodSeconds").asInt(0) == 0;
    return new PodMarks(
        !reported.isEmpty() && reported.equals(text(metadata, "uid")),
        held,
        leaving,
        !text(metadata.path("annotations"), PodMarks.ADJUSTMENT).isEmpty(),
        !text(metadata.path("annotations"), PodMarks.CONVERSATION).isEmpty());
  }

  private static Workload workload(JsonNode pod, int index) {
    JsonNode container = pod.path("spec").path("containers").path(index);
    String restarts = text(container, "restartPolicy");
    JsonNode resources = container.path("resources");
    return new Workload(
        text(container, "name"),
        resources.isMissingNode() ? "{}" : resources.toString(),
        restarts.isEmpty() ? RestartPolicy.NEVER : RestartPolicy.of(restarts));
  }

  private static PodTimes times(JsonNode pod) {
    JsonNode metadata = pod.path("metadata");
    Map<PodMoment, Instant> moments = new EnumMap<>(PodMoment.class);
    time(metadata, "creationTimestamp").ifPresent(at -> moments.put(PodMoment.CREATED, at));
    time(metadata, "deletionTimestamp")
        .map(at -> at.minusSeconds(metadata.path("deletionGracePeriodSeconds").asInt(0)))
        .ifPresent(at -> moments.put(PodMoment.DELETION_ASKED, at));
    condition(pod, "PodScheduled").ifPresent(at -> moments.put(PodMoment.SCHEDULED, at));
    condition(pod, "Initialized").ifPresent(at -> moments.put(PodMoment.INITIALIZED, at));
    return new PodTimes(moments);
  }

  private static Optional<Instant> condition(JsonNode pod, String type) {
    Optional<Instant> since = Optional.empty();
    for (JsonNode condition : pod.path("status").path("conditions")) {
      if (text(condition, "type").equals(type) && text(condition, "status").equals("True")) {
        since = time(condition, "lastTransitionTime");
      }
    }
    return since;
  }

  private static PodStatus status(JsonNode status) {
    String disruption = "";
    String unschedulable = "";
    for (JsonNode condition : status.path("conditions")) {
      boolean holds = text(condition, "status").equals("True");
      String reason = text(condition, "reason");
      if (text(condition, "type").equals("DisruptionTarget")) {
        disruption = holds ? reason : "";
      }
      if (text(condition, "type").equals("PodScheduled")
          && !holds
          && reason.equals("Unschedulable")) {
        String message = text(condition, "message");
        unschedulable = message.isEmpty() ? reason : message;
      }
    }
    List<ContainerStatus> containers = new ArrayList<>();
    for (JsonNode container : status.path("initContainerStatuses")) {
      containers.add(container(ContainerKind.INIT, container));
    }
    for (JsonNode container : status.path("containerStatuses")) {
      containers.add(container(ContainerKind.REGULAR, container));
    }
    return new PodStatus(
        PodPhase.of(text(status, "phase")),
        text(status, "reason"),
        text(status, "message"),
        new PodConditions(disruption, unschedulable),
        containers);
  }

  private static ContainerStatus container(ContainerKind kind, JsonNode container) {
    return new ContainerStatus(
        kind,
        text(container, "name"),
        text(container, "containerID"),
        state(container.path("state")));
  }

  private static ContainerState state(JsonNode state) {
    JsonNode ended = state.path("terminated");
    if (ended.isObject()) {
      Optional<Instant> started = time(ended, "startedAt");
      Optional<Instant> finished = time(ended, "finishedAt");
      return new ContainerState.Terminated(
          started.isPresent() && finished.isPresent()
              ? new ContainerState.Lifetime.Lived(started.get(), finished.get())
              : new ContainerState.Lifetime.Unseen(),
          ended.path("exitCode").asInt(0),
          text(ended, "reason"),
          text(ended, "message"));
    }
    JsonNode running = state.path("running");
    if (running.isObject()) {
      return time(running, "startedAt")
          .<ContainerState>map(ContainerState.Running::new)
          .orElse(ContainerState.UNKNOWN);
    }
    JsonNode waiting = state.path("waiting");
    return new ContainerState.Waiting(text(waiting, "reason"), text(waiting, "message"));
  }

  private static String text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isString() ? value.stringValue() : "";
  }

  private static Optional<Instant> time(JsonNode node, String field) {
    try {
      return Optional.of(text(node, field))
          .filter(text -> !text.isEmpty())
          .map(Instant::parse)
          .filter(at -> at.getEpochSecond() != 0);
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
