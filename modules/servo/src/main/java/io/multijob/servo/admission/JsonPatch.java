package io.multijob.servo.admission;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The steps that make one document of another ([RFC
/// 6902](https://www.rfc-editor.org/rfc/rfc6902)): `add`, `remove`, `replace`.
///
/// What two arrays have in common at their ends stays; where what lies between is of the same
/// length it is compared one by one, otherwise removed and added. So what is added at an end, or
/// changed within an element, touches nothing else, and the work grows with the documents' size
/// only.
final class JsonPatch {
  private final ArrayNode steps = JsonNodeFactory.instance.arrayNode();

  private JsonPatch() {}

  /// The steps from `given` to `wanted`; none where they are equal.
  static ArrayNode between(JsonNode given, JsonNode wanted) {
    JsonPatch patch = new JsonPatch();
    patch.compare("", given, wanted);
    return patch.steps;
  }

  private void compare(String path, JsonNode given, JsonNode wanted) {
    if (given instanceof ObjectNode from && wanted instanceof ObjectNode to) {
      compareFields(path, from, to);
    } else if (given instanceof ArrayNode from && wanted instanceof ArrayNode to) {
      compareElements(path, from, to);
    } else if (!given.equals(wanted)) {
      step("replace", path).set("value", wanted);
    }
  }

  private void compareFields(String path, ObjectNode given, ObjectNode wanted) {
    for (String name : given.propertyNames()) {
      JsonNode now = wanted.path(name);
      if (now.isMissingNode()) {
        step("remove", field(path, name));
      } else {
        compare(field(path, name), given.path(name), now);
      }
    }
    for (String name : wanted.propertyNames()) {
      if (given.path(name).isMissingNode()) {
        step("add", field(path, name)).set("value", wanted.path(name));
      }
    }
  }

  private void compareElements(String path, ArrayNode given, ArrayNode wanted) {
    int begin = 0;
    int givenEnd = given.size();
    int wantedEnd = wanted.size();
    while (begin < Math.min(givenEnd, wantedEnd) && given.get(begin).equals(wanted.get(begin))) {
      begin++;
    }
    while (Math.min(givenEnd, wantedEnd) > begin
        && given.get(givenEnd - 1).equals(wanted.get(wantedEnd - 1))) {
      givenEnd--;
      wantedEnd--;
    }
    int both = Math.min(givenEnd, wantedEnd);
    for (int i = begin; i < both; i++) {
      compare(path + "/" + i, given.get(i), wanted.get(i));
    }
    for (int i = givenEnd - 1; i >= both; i--) {
      step("remove", path + "/" + i);
    }
    for (int i = both; i < wantedEnd; i++) {
      step("add", path + "/" + i).set("value", wanted.get(i));
    }
  }

  private ObjectNode step(String operation, String path) {
    return steps.addObject().put("op", operation).put("path", path);
  }

  private static String field(String path, String name) {
    return path + "/" + name.replace("~", "~0").replace("/", "~1");
  }
}
