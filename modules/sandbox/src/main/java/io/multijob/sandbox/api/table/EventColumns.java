package io.multijob.sandbox.api.table;

import io.multijob.sandbox.api.object.Json;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// An event's row.
final class EventColumns implements Columns {

  @Override
  public List<Column> columns() {
    return List.of(
        Columns.normal("Last Seen"),
        Columns.normal("Type"),
        Columns.normal("Reason"),
        Columns.normal("Object"),
        Columns.wide("Subobject"),
        Columns.wide("Source"),
        Columns.normal("Message"),
        Columns.wide("First Seen"),
        Columns.wide("Count"),
        Columns.wide("Name"));
  }

  @Override
  public ArrayNode cells(ObjectNode event, Instant now) {
    JsonNode about = event.path("involvedObject");
    String firstSeen = firstSeen(event, now);
    String lastSeen = Text.since(event.path("lastTimestamp"), now);
    return Json.array()
        .add(lastSeen.equals(Text.UNKNOWN) ? firstSeen : lastSeen)
        .add(Json.text(event, "type"))
        .add(Json.text(event, "reason"))
        .add(Json.text(about, "kind").toLowerCase(Locale.ROOT) + "/" + Json.text(about, "name"))
        .add(Json.text(about, "fieldPath"))
        .add(source(event))
        .add(Json.text(event, "message").strip())
        .add(firstSeen)
        .add(Json.number(event, 1, "count"))
        .add(Text.name(event));
  }

  private static String firstSeen(JsonNode event, Instant now) {
    String first = Text.since(event.path("firstTimestamp"), now);
    return first.equals(Text.UNKNOWN) ? Text.since(event.path("eventTime"), now) : first;
  }

  private static String source(JsonNode event) {
    String component = Json.text(event, "source", "component");
    String host = Json.text(event, "source", "host");
    if (component.isEmpty()) {
      component = Json.text(event, "reportingComponent");
    }
    return host.isEmpty() ? component : component + ", " + host;
  }
}
