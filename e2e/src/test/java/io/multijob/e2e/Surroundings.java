package io.multijob.e2e;

import io.fabric8.kubernetes.api.model.LimitRange;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What a case of admission finds in its namespace. Closing takes it away again.
final class Surroundings implements AutoCloseable {
  private final KubernetesClient client;
  private final String namespace;
  private final AdmissionCase each;
  private final List<LimitRange> limitRanges = new ArrayList<>();

  /// Makes the namespace as the case has it.
  Surroundings(KubernetesClient client, String namespace, AdmissionCase each) {
    this.client = client;
    this.namespace = namespace;
    this.each = each;
    patch("labels", each.namespaceLabels(), Change.SET);
    patch("annotations", each.namespaceAnnotations(), Change.SET);
    for (JsonNode limitRange : each.limitRanges()) {
      LimitRange document = Serialization.unmarshal(limitRange.toString(), LimitRange.class);
      document.getMetadata().setNamespace(namespace);
      limitRanges.add(client.limitRanges().inNamespace(namespace).resource(document).create());
    }
  }

  @Override
  public void close() {
    limitRanges.forEach(
        limitRange -> client.limitRanges().inNamespace(namespace).resource(limitRange).delete());
    patch("annotations", each.namespaceAnnotations(), Change.TAKE_AWAY);
    patch("labels", each.namespaceLabels(), Change.TAKE_AWAY);
  }

  private void patch(String field, Map<String, String> values, Change change) {
    if (values.isEmpty()) {
      return;
    }
    ObjectNode patch = JsonMapper.shared().createObjectNode();
    ObjectNode members = patch.putObject("metadata").putObject(field);
    values.forEach((name, value) -> {
      switch (change) {
        case SET -> members.put(name, value);
        case TAKE_AWAY -> members.putNull(name);
      }
    });
    client
        .namespaces()
        .withName(namespace)
        .patch(PatchContext.of(PatchType.JSON_MERGE), patch.toString());
  }

  private enum Change {
    SET,
    TAKE_AWAY
  }
}
