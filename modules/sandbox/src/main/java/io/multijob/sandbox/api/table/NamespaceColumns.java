package io.multijob.sandbox.api.table;

import io.multijob.sandbox.api.object.Json;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A namespace's row.
final class NamespaceColumns implements Columns {

  @Override
  public List<Column> columns() {
    return List.of(Columns.normal("Name"), Columns.normal("Status"), Columns.normal("Age"));
  }

  @Override
  public ArrayNode cells(ObjectNode namespace, Instant now) {
    return Json.array()
        .add(Text.name(namespace))
        .add(Json.text(namespace, "status", "phase"))
        .add(Text.age(namespace, now));
  }
}
