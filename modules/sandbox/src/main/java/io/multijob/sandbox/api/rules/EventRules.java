package io.multijob.sandbox.api.rules;

import io.multijob.sandbox.api.object.FieldError;
import io.multijob.sandbox.api.object.Json;
import io.multijob.sandbox.api.object.Meta;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// An event: about an object of its own namespace.
final class EventRules implements Rules {

  @Override
  public void prepareNew(ObjectNode event) {
    Json.child(event, "source");
    Json.setDefault(event, "type", "Normal");
    Json.setDefault(event, "reportingComponent", Json.text(event, "source", "component"));
    Json.setDefault(event, "reportingInstance", "");
  }

  @Override
  public List<FieldError> validate(ObjectNode event) {
    String namespace = Meta.of(event).namespace();
    String about = Json.text(event, "involvedObject", "namespace");
    boolean ofTheCluster = about.isEmpty() && namespace.equals("default");
    if (!about.equals(namespace) && !ofTheCluster) {
      return List.of(
          FieldError.invalid("involvedObject.namespace", about, "does not match event.namespace"));
    }
    return List.of();
  }
}
