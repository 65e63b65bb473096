package io.multijob.servo.initializer;

import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The JSON Patches with which we let a pod go ([RFC
/// 6902](https://www.rfc-editor.org/rfc/rfc6902)). Each begins with tests, so that it does nothing
/// to a pod that is not as we have seen it.
///
/// What is changed is written whole, field by field of the pod and of its metadata: the spec of a
/// pod that waits may change in any way, and what another has written meanwhile fails a test.
final class InitializerPatch {
  /// What is not for us to change.
  private static final Set<String> OF_OTHERS =
      Set.of(
          "apiVersion",
          "kind",
          "metadata",
          "status",
          "initializers",
          "name",
          "namespace",
          "uid",
          "resourceVersion",
          "creationTimestamp",
          "selfLink");

  private final ArrayNode steps = JsonNodeFactory.instance.arrayNode();

  private InitializerPatch() {}

  /// Lets `pod` go as it is, whatever else has happened to it since, as long as it is our turn.
  static String release(PendingPod pod) {
    InitializerPatch patch = new InitializerPatch();
    patch.step("test", "/metadata/uid").put("value", pod.uid());
    patch.release(pod, "/metadata/initializers");
    return patch.steps.toString();
  }

  /// Lets `pod` go as it is wanted, if nobody has changed it since it was seen.
  static String change(PendingPod pod, ObjectNode wanted) {
    InitializerPatch patch = new InitializerPatch();
    patch.step("test", "/metadata/uid").put("value", pod.uid());
    patch.step("test", "/metadata/resourceVersion").put("value", pod.version());
    patch.fields("", pod.document(), wanted);
    patch.fields("/metadata", pod.document().path("metadata"), wanted.path("metadata"));
    patch.release(pod, "/metadata/initializers");
    return patch.steps.toString();
  }

  private void release(PendingPod pod, String initializers) {
    if (pod.isOursAlone()) {
      step("test", initializers + "/pending")
          .putArray("value")
          .addObject()
          .put("name", PendingPod.NAME);
      step("remove", initializers);
      return;
    }
    step("test", initializers + "/pending/0/name").put("value", PendingPod.NAME);
    step("remove", initializers + "/pending/0");
  }

  private void fields(String path, JsonNode given, JsonNode wanted) {
    Set<String> names = new TreeSet<>(given.propertyNames());
    names.addAll(wanted.propertyNames());
    names.removeAll(OF_OTHERS);
    for (String name : names) {
      JsonNode value = wanted.path(name);
      if (value.isMissingNode()) {
        step("remove", path + "/" + name);
      } else if (!value.equals(given.path(name))) {
        step("add", path + "/" + name).set("value", value);
      }
    }
  }

  private ObjectNode step(String operation, String path) {
    return steps.addObject().put("op", operation).put("path", path);
  }
}
