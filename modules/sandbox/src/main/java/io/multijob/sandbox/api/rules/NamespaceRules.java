package io.multijob.sandbox.api.rules;

import io.multijob.sandbox.api.object.FieldError;
import io.multijob.sandbox.api.object.Json;
import io.multijob.sandbox.api.object.Meta;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// A namespace: active until it is deleted.
final class NamespaceRules implements Rules {

  @Override
  public void prepareNew(ObjectNode namespace) {
    Meta meta = Meta.of(namespace);
    Json.child(meta.document(), "labels").put("kubernetes.io/metadata.name", meta.name());
    namespace.putObject("spec").putArray("finalizers").add("kubernetes");
    namespace.putObject("status").put("phase", "Active");
  }

  @Override
  public List<FieldError> validate(ObjectNode namespace) {
    return List.of();
  }

  @Override
  public void prepareUpdate(ObjectNode updated, ObjectNode current) {
    Json.copy(current, updated, "spec");
    Json.copy(current, updated, "status");
  }

  @Override
  public boolean returnsDeleted() {
    return true;
  }
}
