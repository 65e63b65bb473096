package io.multijob.sandbox.run.pod;

import io.multijob.sandbox.api.object.Json;
import io.multijob.sandbox.api.object.Timestamps;
import io.multijob.sandbox.run.pod.ContainerState.Ended;
import io.multijob.sandbox.run.pod.ContainerState.Running;
import io.multijob.sandbox.run.pod.ContainerState.Started;
import io.multijob.sandbox.run.pod.ContainerState.Starting;
import io.multijob.sandbox.run.pod.ContainerState.Stopping;
import io.multijob.sandbox.run.pod.ContainerState.Waiting;
import java.time.Instant;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes a pod's `status` as its kubelet would. Keeps when each condition last changed, so one
/// writer is for one pod; used by the pod's worker only.
public final class StatusWriter {
  /// The kubelet's bound for all containers of a pod together.
  private static final int MOST_MESSAGE_CHARS = 12 * 1024;

  private final Node node;

  private Conditions conditions = Conditions.NONE;

  public StatusWriter(Node node) {
    this.node = node;
  }

  /// The whole status of `state`, but for the class of service, which the API server keeps.
  public ObjectNode write(PodState state, Instant now) {
    conditions = conditions.of(state, now);
    ObjectNode status = Json.object();
    status.put("phase", Phase.of(state).apiName());
    if (state.isFinished()) {
      state.stop().ifPresent(stop -> writeReason(stop, status));
    }
    ArrayNode list = status.putArray("conditions");
    conditions.all().forEach(condition -> write(condition, list.addObject()));
    status.put("hostIP", node.address());
    status.putArray("hostIPs").addObject().put("ip", node.address());
    status.put("podIP", node.address());
    status.putArray("podIPs").addObject().put("ip", node.address());
    status.put("startTime", Timestamps.format(state.startTime()));
    writeContainers(state, status);
    return status;
  }

  private void writeContainers(PodState state, ObjectNode status) {
    int mostChars = MOST_MESSAGE_CHARS / state.containers().size();
    for (Container container : state.containers()) {
      String list =
          container.spec().role() == Role.REGULAR ? "containerStatuses" : "initContainerStatuses";
      write(container, mostChars, Json.list(status, list).addObject());
    }
  }

  private static void writeReason(Stop stop, ObjectNode status) {
    if (stop.reason() == Stop.Reason.DEADLINE_EXCEEDED) {
      status
          .put("reason", "DeadlineExceeded")
          .put("message", "Pod was active on the node longer than the specified deadline");
    }
  }

  private static void write(Condition condition, ObjectNode target) {
    target
        .put("type", condition.type())
        .put("status", condition.holds().apiName())
        .putNull("lastProbeTime")
        .put("lastTransitionTime", Timestamps.format(condition.since()));
    putUnlessEmpty(target, "reason", condition.reason());
    putUnlessEmpty(target, "message", condition.message());
  }

  private static void write(Container container, int mostChars, ObjectNode target) {
    target.put("name", container.name());
    writeState(container, mostChars, target.putObject("state"));
    ObjectNode last = target.putObject("lastState");
    container.last().ifPresent(termination -> write(termination, mostChars, last));
    target
        .put("ready", container.isReady())
        .put("restartCount", container.restarts())
        .put("image", container.spec().image())
        .put("imageID", container.spec().image())
        .put("started", container.state() instanceof Started);
    String id = id(container);
    if (!id.isEmpty()) {
      target.put("containerID", "containerd://" + id);
    }
  }

  private static void writeState(Container container, int mostChars, ObjectNode state) {
    switch (container.state()) {
      case Waiting(String reason, String message, _) -> {
        ObjectNode waiting = state.putObject("waiting").put("reason", reason);
        putUnlessEmpty(waiting, "message", message);
      }
      case Starting _ -> state.putObject("waiting").put("reason", "ContainerCreating");
      case Running(_, Instant startedAt) -> writeRunning(startedAt, state);
      case Started(_, Instant startedAt) -> writeRunning(startedAt, state);
      case Stopping(_, Instant startedAt, _) -> writeRunning(startedAt, state);
      case Ended(Termination termination) -> write(termination, mostChars, state);
    }
  }

  private static void writeRunning(Instant startedAt, ObjectNode state) {
    state.putObject("running").put("startedAt", Timestamps.format(startedAt));
  }

  private static void write(Termination termination, int mostChars, ObjectNode state) {
    ObjectNode terminated =
        state
            .putObject("terminated")
            .put("exitCode", termination.exitCode())
            .put("reason", termination.reason());
    String message = termination.message();
    putUnlessEmpty(
        terminated, "message", message.substring(0, Math.min(message.length(), mostChars)));
    if (termination.id().isEmpty()) {
      terminated.putNull("startedAt").putNull("finishedAt");
      return;
    }
    terminated
        .put("startedAt", Timestamps.format(termination.startedAt()))
        .put("finishedAt", Timestamps.format(termination.finishedAt()))
        .put("containerID", "containerd://" + termination.id());
  }

  private static String id(Container container) {
    return switch (container.state()) {
      case Running(String id, _) -> id;
      case Started(String id, _) -> id;
      case Stopping(String id, _, _) -> id;
      case Ended(Termination termination) -> termination.id();
      case Waiting _, Starting _ -> container.last().map(Termination::id).orElse("");
    };
  }

  private static void putUnlessEmpty(ObjectNode target, String name, String value) {
    if (!value.isEmpty()) {
      target.put(name, value);
    }
  }
}
