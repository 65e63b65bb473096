package io.multijob.sandbox.api.table;

import io.multijob.sandbox.api.object.Json;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// The one word that says how a pod is, such as `Running`, `Init:0/1` or `OOMKilled`.
final class PodStatusText {
  private PodStatusText() {}

  static String of(JsonNode pod) {
    JsonNode status = pod.path("status");
    String reason = Json.text(status, "reason");
    String text = reason.isEmpty() ? phase(status) : reason;
    Optional<String> initializing = initializing(pod);
    if (initializing.isPresent() && !isInitialized(status)) {
      text = initializing.get();
    } else {
      text = ofContainers(status, text);
    }
    if (!pod.path("metadata").has("deletionTimestamp")) {
      return text;
    }
    if (reason.equals("NodeLost")) {
      return "Unknown";
    }
    return isTerminal(Json.text(status, "phase")) ? text : "Terminating";
  }

  private static String phase(JsonNode status) {
    for (JsonNode condition : status.path("conditions")) {
      if (Json.text(condition, "type").equals("PodScheduled")
          && Json.text(condition, "reason").equals("SchedulingGated")) {
        return "SchedulingGated";
      }
    }
    return Json.text(status, "phase");
  }

  /// What the first init container that is not done says, if there is one.
  private static Optional<String> initializing(JsonNode pod) {
    JsonNode statuses = pod.path("status").path("initContainerStatuses");
    int done = 0;
    for (JsonNode container : statuses) {
      boolean succeeded = hasSucceeded(container);
      boolean startedSidecar =
          isSidecar(pod, container) && container.path("started").asBoolean(false);
      if (!succeeded && !startedSidecar) {
        int all = pod.path("spec").path("initContainers").size();
        return Optional.of(waitingFor(container, done, all));
      }
      done++;
    }
    return Optional.empty();
  }

  private static String waitingFor(JsonNode container, int done, int all) {
    JsonNode terminated = Json.at(container, "state", "terminated");
    if (terminated.isObject()) {
      return "Init:" + ended(terminated);
    }
    String waiting = Json.text(container, "state", "waiting", "reason");
    boolean failing = !waiting.isEmpty() && !waiting.equals("PodInitializing");
    return "Init:" + (failing ? waiting : done + "/" + all);
  }

  /// The last container that has something to say, from the end of the list.
  private static String ofContainers(JsonNode status, String otherwise) {
    String text = otherwise;
    boolean running = false;
    JsonNode containers = status.path("containerStatuses");
    for (int i = containers.size() - 1; i >= 0; i--) {
      JsonNode state = containers.get(i).path("state");
      String waiting = Json.text(state, "waiting", "reason");
      if (!waiting.isEmpty()) {
        text = waiting;
      } else if (state.path("terminated").isObject()) {
        text = ended(state.path("terminated"));
      } else if (containers.get(i).path("ready").asBoolean(false)
          && state.path("running").isObject()) {
        running = true;
      }
    }
    if (running && text.equals("Completed")) {
      return isReady(status) ? "Running" : "NotReady";
    }
    return text;
  }

  private static String ended(JsonNode terminated) {
    String reason = Json.text(terminated, "reason");
    if (!reason.isEmpty()) {
      return reason;
    }
    long signal = Json.number(terminated, 0, "signal");
    return signal == 0 ? "ExitCode:" + Json.number(terminated, 0, "exitCode") : "Signal:" + signal;
  }

  private static boolean hasSucceeded(JsonNode container) {
    JsonNode terminated = Json.at(container, "state", "terminated");
    return terminated.isObject() && Json.number(terminated, 0, "exitCode") == 0;
  }

  static boolean isSidecar(JsonNode pod, JsonNode containerStatus) {
    for (JsonNode container : pod.path("spec").path("initContainers")) {
      if (container.path("name").equals(containerStatus.path("name"))) {
        return Json.text(container, "restartPolicy").equals("Always");
      }
    }
    return false;
  }

  private static boolean isInitialized(JsonNode status) {
    return isTrue(status, "Initialized");
  }

  private static boolean isReady(JsonNode status) {
    return isTrue(status, "Ready");
  }

  private static boolean isTrue(JsonNode status, String type) {
    for (JsonNode condition : status.path("conditions")) {
      if (Json.text(condition, "type").equals(type)) {
        return Json.text(condition, "status").equals("True");
      }
    }
    return false;
  }

  private static boolean isTerminal(String phase) {
    return phase.equals("Succeeded") || phase.equals("Failed");
  }
}
