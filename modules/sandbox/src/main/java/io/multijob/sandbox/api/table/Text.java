package io.multijob.sandbox.api.table;

import io.multijob.sandbox.api.object.Json;
import io.multijob.sandbox.api.object.Meta;
import io.multijob.sandbox.api.object.Timestamps;
import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Words that tables of several resources have in common.
final class Text {
  static final String NONE = "<none>";
  static final String UNKNOWN = "<unknown>";

  private Text() {}

  static String orNone(String text) {
    return text.isEmpty() ? NONE : text;
  }

  /// How long ago an object was created.
  static String age(ObjectNode object, Instant now) {
    return since(Meta.of(object).document().path("creationTimestamp"), now);
  }

  /// How long ago a time was.
  static String since(JsonNode timestamp, Instant now) {
    return Timestamps.read(timestamp)
        .map(time -> HumanDuration.format(Duration.between(time, now)))
        .orElse(UNKNOWN);
  }

  static String name(JsonNode object) {
    return Json.text(object, "metadata", "name");
  }
}
