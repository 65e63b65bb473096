package io.multijob.protocol;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Puts members that nobody knows into the objects of a document.
final class Additions {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String NAME = "x-later";

  private Additions() {}

  /// To all but `settings`, where a member of any name is a setting.
  static String toEveryObject(String json) {
    JsonNode document = MAPPER.readTree(json);
    for (ObjectNode object : objects(document)) {
      object.putObject(NAME).putNull("unit").putObject("settings");
    }
    return document.toString();
  }

  /// Where any name is data, the addition was read as data.
  static Event removedFrom(Event event) {
    return switch (event) {
      case Description(Map<String, Map<String, Range>> components, var metrics) -> {
        var without = new LinkedHashMap<>(components);
        without.remove(NAME);
        yield new Description(without, metrics);
      }
      case Measurement(Outcome outcome, Annotations annotations) -> {
        var without = new HashMap<>(annotations.values());
        without.remove(NAME);
        yield new Measurement(outcome, new Annotations(without));
      }
      case Hello _, WhatsNext _, Adjustment _, Diag _, Goodbye _ -> event;
    };
  }

  private static List<ObjectNode> objects(JsonNode node) {
    var objects = new ArrayList<ObjectNode>();
    collect(node, objects);
    return objects;
  }

  private static void collect(JsonNode node, List<ObjectNode> objects) {
    if (node instanceof ObjectNode object) {
      objects.add(object);
    }
    node.propertyStream()
        .forEach(member -> {
          if (member.getKey().equals("settings")) {
            member.getValue().values().forEach(setting -> collect(setting, objects));
          } else {
            collect(member.getValue(), objects);
          }
        });
  }
}
