package io.multijob.sandbox.api;

import io.multijob.http.Request;
import io.multijob.http.Response;
import io.multijob.sandbox.api.object.ApiError;
import io.multijob.sandbox.api.object.Json;
import io.multijob.sandbox.api.object.Key;
import io.multijob.sandbox.api.object.Resource;
import io.multijob.sandbox.api.store.ObjectStore;
import io.multijob.sandbox.api.store.Stored;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Answers a get of a pod's `log`. Thread-safe.
final class ContainerLog {
  private final ObjectStore store;
  private final PodLogs logs;

  ContainerLog(ObjectStore store, PodLogs logs) {
    this.store = store;
    this.logs = logs;
  }

  Response get(Target target, Request request) {
    JsonNode pod =
        find(target.key())
            .orElseThrow(() -> ApiError.notFound(Resource.PODS, target.name()))
            .toJson();
    LogOptions options = LogOptions.parse(request, target.name());
    String container = container(target, request, pod);
    Optional<Path> file = logs.logOf(target.namespace(), target.name(), container);
    if (file.isEmpty()) {
      return withoutFile(pod, target.name(), container);
    }
    LogStream stream = new LogStream(file.get(), options, () -> hasEnded(target.key(), container));
    return Response.stream("text/plain", stream);
  }

  /// A pod without a node has an empty log; a container that has not been started has none.
  private static Response withoutFile(JsonNode pod, String name, String container) {
    if (Json.text(pod, "spec", "nodeName").isEmpty()) {
      return Response.text(200, "");
    }
    String reason =
        status(pod, container)
            .map(status -> Json.text(status, "state", "waiting", "reason"))
            .filter(text -> !text.isEmpty())
            .orElse("ContainerCreating");
    throw ApiError.badRequest(
        "container \"%s\" in pod \"%s\" is waiting to start: %s"
            .formatted(container, name, reason));
  }

  private static String container(Target target, Request request, JsonNode pod) {
    List<String> names = new ArrayList<>();
    for (String list : List.of("initContainers", "containers")) {
      pod.path("spec").path(list).forEach(each -> names.add(Json.text(each, "name")));
    }
    String asked = request.query("container").orElse("");
    if (asked.isEmpty()) {
      if (names.size() == 1) {
        return names.getFirst();
      }
      throw ApiError.badRequest(
          "a container name must be specified for pod %s, choose one of: [%s]"
              .formatted(target.name(), String.join(" ", names)));
    }
    if (!names.contains(asked)) {
      throw ApiError.badRequest(
          "container %s is not valid for pod %s".formatted(asked, target.name()));
    }
    return asked;
  }

  private boolean hasEnded(Key key, String container) {
    Optional<Stored> pod = find(key);
    return pod.isEmpty()
        || status(pod.get().toJson(), container)
            .filter(status -> Json.at(status, "state", "terminated").isObject())
            .isPresent();
  }

  private Optional<Stored> find(Key key) {
    return store.snapshot().get(Resource.PODS, key);
  }

  private static Optional<JsonNode> status(JsonNode pod, String container) {
    for (String list : List.of("initContainerStatuses", "containerStatuses")) {
      for (JsonNode status : pod.path("status").path(list)) {
        if (Json.text(status, "name").equals(container)) {
          return Optional.of(status);
        }
      }
    }
    return Optional.empty();
  }
}
