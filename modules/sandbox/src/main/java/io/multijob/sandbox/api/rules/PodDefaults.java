package io.multijob.sandbox.api.rules;

import io.multijob.sandbox.api.object.Json;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What the real server fills into a pod's spec where its author said nothing.
final class PodDefaults {
  private static final int READ_WRITE_MODE = 0644;
  private static final int EVICTION_TOLERATION_SECONDS = 300;

  private PodDefaults() {}

  /// The defaults of every pod spec, a template's included.
  static void ofSpec(ObjectNode spec) {
    for (ObjectNode container : containers(spec)) {
      ofContainer(container);
    }
    for (JsonNode volume : spec.path("volumes")) {
      ofVolume((ObjectNode) volume);
    }
    Json.setDefault(spec, "terminationGracePeriodSeconds", 30);
    Json.setDefault(spec, "dnsPolicy", "ClusterFirst");
    Json.child(spec, "securityContext");
    Json.setDefault(spec, "schedulerName", "default-scheduler");
  }

  /// The defaults of a pod that is not a template.
  static void ofPod(ObjectNode spec) {
    Json.setDefault(spec, "restartPolicy", "Always");
    for (ObjectNode container : containers(spec)) {
      requestsFromLimits(Json.child(container, "resources"));
    }
    if (!spec.has("enableServiceLinks")) {
      spec.put("enableServiceLinks", true);
    }
    Json.setDefault(spec, "priority", 0);
    Json.setDefault(spec, "preemptionPolicy", "PreemptLowerPriority");
    tolerateLostNode(spec, "node.kubernetes.io/not-ready");
    tolerateLostNode(spec, "node.kubernetes.io/unreachable");
  }

  /// A pod's containers, those for initialization first.
  static List<ObjectNode> containers(JsonNode spec) {
    return Stream.of("initContainers", "containers")
        .flatMap(list -> spec.path(list).valueStream())
        .map(ObjectNode.class::cast)
        .toList();
  }

  private static void ofContainer(ObjectNode container) {
    Json.child(container, "resources");
    Json.setDefault(container, "terminationMessagePath", "/dev/termination-log");
    Json.setDefault(container, "terminationMessagePolicy", "File");
    String image = Json.text(container, "image");
    Json.setDefault(container, "imagePullPolicy", isLatest(image) ? "Always" : "IfNotPresent");
    for (JsonNode port : container.path("ports")) {
      Json.setDefault((ObjectNode) port, "protocol", "TCP");
    }
    for (JsonNode variable : container.path("env")) {
      if (variable.path("valueFrom").path("fieldRef") instanceof ObjectNode field) {
        Json.setDefault(field, "apiVersion", "v1");
      }
    }
    for (String probe : List.of("livenessProbe", "readinessProbe", "startupProbe")) {
      if (container.path(probe) instanceof ObjectNode there) {
        ofProbe(there);
      }
    }
  }

  private static void ofProbe(ObjectNode probe) {
    Json.setDefault(probe, "timeoutSeconds", 1);
    Json.setDefault(probe, "periodSeconds", 10);
    Json.setDefault(probe, "successThreshold", 1);
    Json.setDefault(probe, "failureThreshold", 3);
  }

  private static void ofVolume(ObjectNode volume) {
    if (volume.size() == 1) {
      volume.putObject("emptyDir");
    }
    if (volume.path("hostPath") instanceof ObjectNode hostPath) {
      Json.setDefault(hostPath, "type", "");
    }
    for (String source : List.of("configMap", "secret", "downwardAPI", "projected")) {
      if (volume.path(source) instanceof ObjectNode there) {
        Json.setDefault(there, "defaultMode", READ_WRITE_MODE);
      }
    }
  }

  /// A limit without a request is a request too.
  private static void requestsFromLimits(ObjectNode resources) {
    for (Map.Entry<String, JsonNode> limit : resources.path("limits").properties()) {
      ObjectNode requests = Json.child(resources, "requests");
      if (!requests.has(limit.getKey())) {
        requests.set(limit.getKey(), limit.getValue());
      }
    }
  }

  private static void tolerateLostNode(ObjectNode spec, String taint) {
    ArrayNode tolerations = Json.list(spec, "tolerations");
    if (tolerations.valueStream().noneMatch(each -> Json.text(each, "key").equals(taint))) {
      tolerations
          .addObject()
          .put("key", taint)
          .put("operator", "Exists")
          .put("effect", "NoExecute")
          .put("tolerationSeconds", EVICTION_TOLERATION_SECONDS);
    }
  }

  /// Whether an image is named without a tag, or with `latest`, and without a digest.
  private static boolean isLatest(String image) {
    String name = image.substring(image.lastIndexOf('/') + 1);
    return !name.contains("@") && (!name.contains(":") || name.endsWith(":latest"));
  }
}
