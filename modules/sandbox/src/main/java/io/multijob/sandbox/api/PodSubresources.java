package io.multijob.sandbox.api;

import io.multijob.http.Request;
import io.multijob.http.Response;
import io.multijob.sandbox.api.object.ApiError;
import io.multijob.sandbox.api.object.Json;
import io.multijob.sandbox.api.object.Meta;
import io.multijob.sandbox.api.object.Resource;
import io.multijob.sandbox.api.object.Timestamps;
import io.multijob.sandbox.api.registry.DeleteOptions;
import io.multijob.sandbox.api.registry.Part;
import io.multijob.sandbox.api.registry.Registry;
import java.time.InstantSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Answers what is posted to a pod's `binding` and `eviction`. Thread-safe.
final class PodSubresources {
  private final Registry registry;
  private final InstantSource clock;

  PodSubresources(Registry registry, InstantSource clock) {
    this.registry = registry;
    this.clock = clock;
  }

  /// Gives a pod its node, once.
  Response bind(Target target, Request request) {
    ObjectNode binding = RequestBody.options(request, "Binding");
    String node = Json.text(binding, "target", "name");
    if (!Meta.of(binding).name().equals(target.name())) {
      throw ApiError.badRequest("name in URL does not match name in Binding object");
    }
    registry.update(
        Resource.PODS, target.key(), Part.PLACEMENT, pod -> bind(pod, node), Writes.mode(request));
    return success();
  }

  /// Deletes a pod, which remembers why.
  Response evict(Target target, Request request) {
    ObjectNode eviction = RequestBody.options(request, "Eviction");
    JsonNode options = eviction.path("deleteOptions");
    DeleteOptions deletion =
        DeleteOptions.of(
            options instanceof ObjectNode given ? given : Json.object(), Writes.mode(request));
    registry.update(
        Resource.PODS,
        target.key(),
        Part.STATUS,
        pod -> {
          if (!Json.text(pod, "spec", "nodeName").isEmpty()) {
            setCondition(
                pod,
                condition("DisruptionTarget")
                    .put("reason", "EvictionByEvictionAPI")
                    .put("message", "Eviction API: evicting"));
          }
        },
        deletion.mode());
    registry.delete(Resource.PODS, target.key(), deletion);
    return success();
  }

  private void bind(ObjectNode pod, String node) {
    ObjectNode spec = Json.child(pod, "spec");
    String present = Json.text(spec, "nodeName");
    String name = Meta.of(pod).name();
    if (!present.isEmpty()) {
      throw ApiError.conflict(
          "pods/binding",
          name,
          "pod %s is already assigned to node \"%s\"".formatted(name, present));
    }
    if (Meta.of(pod).isDeleting()) {
      throw ApiError.conflict(
          "pods/binding",
          name,
          "pod %s is being deleted, cannot be assigned to a host".formatted(name));
    }
    spec.put("nodeName", node);
    setCondition(pod, condition("PodScheduled"));
  }

  private ObjectNode condition(String type) {
    return Json.object()
        .put("type", type)
        .put("status", "True")
        .put("lastTransitionTime", Timestamps.format(clock.instant()));
  }

  private static void setCondition(ObjectNode pod, ObjectNode condition) {
    ArrayNode conditions = Json.list(Json.child(pod, "status"), "conditions");
    for (int i = conditions.size() - 1; i >= 0; i--) {
      if (conditions.get(i).path("type").equals(condition.path("type"))) {
        conditions.remove(i);
      }
    }
    conditions.add(condition);
  }

  private static Response success() {
    ObjectNode status = Json.object().put("kind", "Status").put("apiVersion", "v1");
    status.putObject("metadata");
    return Response.json(201, Json.write(status.put("status", "Success").put("code", 201)));
  }
}
