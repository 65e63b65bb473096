package io.multijob.sandbox.api.table;

import io.multijob.sandbox.api.object.Json;
import io.multijob.sandbox.api.object.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A pod's row.
final class PodColumns implements Columns {

  @Override
  public List<Column> columns() {
    return List.of(
        Columns.normal("Name"),
        Columns.normal("Ready"),
        Columns.normal("Status"),
        Columns.normal("Restarts"),
        Columns.normal("Age"),
        Columns.wide("IP"),
        Columns.wide("Node"),
        Columns.wide("Nominated Node"),
        Columns.wide("Readiness Gates"));
  }

  @Override
  public ArrayNode cells(ObjectNode pod, Instant now) {
    return Json.array()
        .add(Text.name(pod))
        .add(ready(pod))
        .add(PodStatusText.of(pod))
        .add(restarts(pod, now))
        .add(Text.age(pod, now))
        .add(Text.orNone(Json.text(pod, "status", "podIP")))
        .add(Text.orNone(Json.text(pod, "spec", "nodeName")))
        .add(Text.orNone(Json.text(pod, "status", "nominatedNodeName")))
        .add(Text.NONE);
  }

  /// Containers that are ready of those there are; sidecars count, other init containers do not.
  private static String ready(JsonNode pod) {
    int all = pod.path("spec").path("containers").size();
    for (JsonNode container : pod.path("spec").path("initContainers")) {
      all += Json.text(container, "restartPolicy").equals("Always") ? 1 : 0;
    }
    int ready = 0;
    for (JsonNode status : pod.path("status").path("containerStatuses")) {
      ready += isReadyAndRunning(status) ? 1 : 0;
    }
    for (JsonNode status : pod.path("status").path("initContainerStatuses")) {
      boolean counts =
          PodStatusText.isSidecar(pod, status) && status.path("started").asBoolean(false);
      ready += counts && status.path("ready").asBoolean(false) ? 1 : 0;
    }
    return ready + "/" + all;
  }

  private static boolean isReadyAndRunning(JsonNode status) {
    return status.path("ready").asBoolean(false) && Json.at(status, "state", "running").isObject();
  }

  private static String restarts(JsonNode pod, Instant now) {
    long restarts = 0;
    Optional<Instant> last = Optional.empty();
    for (String list : List.of("initContainerStatuses", "containerStatuses")) {
      for (JsonNode status : pod.path("status").path(list)) {
        restarts += Json.number(status, 0, "restartCount");
        Optional<Instant> end =
            Timestamps.read(Json.at(status, "lastState", "terminated", "finishedAt"));
        if (end.isPresent() && (last.isEmpty() || end.get().isAfter(last.get()))) {
          last = end;
        }
      }
    }
    if (restarts == 0 || last.isEmpty()) {
      return Long.toString(restarts);
    }
    String ago = HumanDuration.format(Duration.between(last.get(), now));
    return restarts + " (" + ago + " ago)";
  }
}
