package io.multijob.e2e;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What the API server makes of a pod that is created as a rehearsal (`dryRun=All`).
final class PodCreation {
  private static final JsonMapper MAPPER = JsonMapper.shared();
  private static final List<String> METADATA =
      List.of("annotations", "finalizers", "labels", "ownerReferences");

  /// Their items are in whatever order.
  private static final List<String> NOTES =
      List.of(
          "servo.optune.io/adjustment", "servo.optune.io/author", "servo.optune.io/would-adjust");

  /// The policy says on the pod what the webhook says to who makes it.
  private static final String LEFT_OUT = "servo.optune.io/podmon-left-out";

  private PodCreation() {}

  /// The pod as it would be, as far as its making decides it; or why it is refused.
  static JsonNode rehearse(KubernetesClient client, String namespace, ObjectNode pod) {
    ObjectNode document = pod.deepCopy();
    document.put("apiVersion", "v1").put("kind", "Pod");
    document.withObject("metadata").put("namespace", namespace);
    try {
      String made =
          client.raw(
              "/api/v1/namespaces/" + namespace + "/pods?dryRun=All",
              "POST",
              MAPPER.convertValue(document, Map.class));
      return decided(MAPPER.readTree(made));
    } catch (KubernetesClientException e) {
      String why = String.valueOf(e.getStatus() == null ? e : e.getStatus().getMessage());
      return MAPPER.createObjectNode().put("refused", why.replaceAll("pods \"[^\"]*\"", "pod"));
    }
  }

  private static ObjectNode decided(JsonNode made) {
    ObjectNode decided = MAPPER.createObjectNode();
    for (String field : METADATA) {
      decided.set(field, made.path("metadata").path(field).deepCopy());
    }
    if (decided.path("annotations") instanceof ObjectNode annotations) {
      annotations.remove(LEFT_OUT);
      for (String note : NOTES) {
        if (annotations.has(note)) {
          String[] items = annotations.path(note).asString().split(" ", -1);
          Arrays.sort(items);
          annotations.put(note, String.join(" ", items));
        }
      }
      if (annotations.isEmpty()) {
        decided.remove("annotations");
      }
    }
    decided.set("spec", made.path("spec"));
    decided.properties().removeIf(field -> field.getValue().isMissingNode());
    return (ObjectNode)
        MAPPER.readTree(
            decided.toString().replaceAll("kube-api-access-[a-z0-9]{5}", "kube-api-access"));
  }
}
