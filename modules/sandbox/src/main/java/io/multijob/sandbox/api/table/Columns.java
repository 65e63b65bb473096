package io.multijob.sandbox.api.table;

import io.multijob.sandbox.api.object.Json;
import io.multijob.sandbox.api.object.Resource;
import java.time.Instant;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The columns of one resource's table.
public interface Columns {

  /// One column.
  ///
  /// @param width whether it is shown always, or only when a person asks for more
  record Column(String name, Width width) {}

  /// When a column is shown.
  enum Width {
    NORMAL,
    WIDE
  }

  static Columns of(Resource resource) {
    return switch (resource) {
      case PODS -> new PodColumns();
      case JOBS -> new JobColumns();
      case NODES -> new NodeColumns();
      case NAMESPACES -> new NamespaceColumns();
      case EVENTS -> new EventColumns();
      case LEASES -> new LeaseColumns();
    };
  }

  List<Column> columns();

  /// The object's cells, one a column.
  ArrayNode cells(ObjectNode object, Instant now);

  /// The columns as a `Table` has them.
  default ArrayNode definitions() {
    ArrayNode definitions = Json.array();
    for (Column column : columns()) {
      definitions
          .addObject()
          .put("name", column.name)
          .put("type", "string")
          .put("format", column.name.equals("Name") ? "name" : "")
          .put("description", "")
          .put("priority", column.width == Width.NORMAL ? 0 : 1);
    }
    return definitions;
  }

  static Column normal(String name) {
    return new Column(name, Width.NORMAL);
  }

  static Column wide(String name) {
    return new Column(name, Width.WIDE);
  }
}
