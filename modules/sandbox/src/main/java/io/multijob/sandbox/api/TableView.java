package io.multijob.sandbox.api;

import io.multijob.sandbox.api.object.Json;
import io.multijob.sandbox.api.object.Resource;
import io.multijob.sandbox.api.store.Stored;
import io.multijob.sandbox.api.table.Columns;
import io.multijob.sandbox.api.table.Include;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Objects as the rows of a table, for a person to read.
///
/// @param include what each row carries beside its cells
record TableView(Include include, InstantSource clock) implements Representation {

  TableView(Include include) {
    this(include, InstantSource.system());
  }

  @Override
  public byte[] object(Resource resource, Stored object) {
    return Json.write(table(resource, List.of(object), versionOf(object), Place.FIRST));
  }

  @Override
  public void list(OutputStream out, Resource resource, ListPage page) throws IOException {
    out.write(Json.write(table(resource, page.objects(), page.meta(), Place.FIRST)));
  }

  @Override
  public byte[] event(Resource resource, Stored object, Place place) {
    return Json.write(table(resource, List.of(object), versionOf(object), place));
  }

  @Override
  public ObjectNode bookmark(Resource resource) {
    ObjectNode table = typed();
    table.putNull("columnDefinitions");
    table.putArray("rows");
    return table;
  }

  /// On a stream only the first table says what its columns are.
  private ObjectNode table(Resource resource, List<Stored> objects, ObjectNode meta, Place place) {
    Columns columns = Columns.of(resource);
    ObjectNode table = typed();
    table.set("metadata", meta);
    switch (place) {
      case FIRST -> table.set("columnDefinitions", columns.definitions());
      case LATER -> table.putNull("columnDefinitions");
    }
    ArrayNode rows = table.putArray("rows");
    Instant now = clock.instant();
    for (Stored stored : objects) {
      ObjectNode object = stored.toJson();
      ObjectNode row = rows.addObject();
      row.set("cells", columns.cells(object, now));
      switch (include) {
        case METADATA -> row.set("object", PartialMetadata.of(object));
        case OBJECT -> row.set("object", object);
        case NONE -> {}
      }
    }
    return table;
  }

  private static ObjectNode versionOf(Stored object) {
    return Json.object().put("resourceVersion", Long.toString(object.revision()));
  }

  private static ObjectNode typed() {
    return Json.object().put("kind", "Table").put("apiVersion", "meta.k8s.io/v1");
  }
}
