package io.multijob.sandbox.api.table;

import io.multijob.sandbox.api.object.Json;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A lease's row.
final class LeaseColumns implements Columns {

  @Override
  public List<Column> columns() {
    return List.of(Columns.normal("Name"), Columns.normal("Holder"), Columns.normal("Age"));
  }

  @Override
  public ArrayNode cells(ObjectNode lease, Instant now) {
    return Json.array()
        .add(Text.name(lease))
        .add(Json.text(lease, "spec", "holderIdentity"))
        .add(Text.age(lease, now));
  }
}
