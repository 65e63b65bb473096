package io.multijob.sandbox.api.rules;

import io.multijob.sandbox.api.object.FieldError;
import io.multijob.sandbox.api.object.Json;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// A node. Unlike most, it may be created with its status.
final class NodeRules implements Rules {

  @Override
  public void prepareNew(ObjectNode node) {
    Json.child(node, "spec");
    Json.child(node, "status");
  }

  @Override
  public List<FieldError> validate(ObjectNode node) {
    return List.of();
  }
}
