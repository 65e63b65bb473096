package io.multijob.sandbox.api.patch;

import io.multijob.sandbox.api.object.ApiError;
import io.multijob.sandbox.api.object.Json;
import io.multijob.sandbox.api.object.Status;
import io.multijob.sandbox.api.object.Status.Details;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;

/// JSON Patch, with the leniencies of the real server's library: `replace` sets a member that is
/// not there, and an array index may count from the end.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc6902">RFC 6902</a>
public final class JsonPatch {
  private JsonPatch() {}

  /// Changes `target` in place.
  ///
  /// @throws ApiError 422 for an operation that cannot be done; `target` is then half changed
  public static void apply(ObjectNode target, ArrayNode operations) {
    for (JsonNode operation : operations) {
      apply(target, operation);
    }
  }

  private static void apply(ObjectNode target, JsonNode operation) {
    Pointer path = Pointer.parse(require(operation, "path").asString(""));
    switch (Json.text(operation, "op")) {
      case "add" -> add(target, path, value(operation));
      case "replace" -> replace(target, path, value(operation));
      case "remove" -> remove(target, path);
      case "test" -> test(target, path, value(operation));
      case "move" -> add(target, path, remove(target, from(operation)));
      case "copy" -> add(target, path, find(target, from(operation)).deepCopy());
      default -> throw failed("unexpected kind: " + Json.text(operation, "op"));
    }
  }

  private static void add(ObjectNode target, Pointer path, JsonNode value) {
    switch (parentOf(target, path)) {
      case ObjectNode object -> object.set(path.last(), value);
      case ArrayNode array -> {
        int index = path.last().equals("-") ? array.size() : index(path.last(), array.size() + 1);
        array.insert(index, value);
      }
      default -> throw missing(path);
    }
  }

  private static void replace(ObjectNode target, Pointer path, JsonNode value) {
    switch (parentOf(target, path)) {
      case ObjectNode object -> object.set(path.last(), value);
      case ArrayNode array -> array.set(index(path.last(), array.size()), value);
      default -> throw missing(path);
    }
  }

  private static JsonNode remove(ObjectNode target, Pointer path) {
    JsonNode removed =
        switch (parentOf(target, path)) {
          case ObjectNode object -> object.remove(path.last());
          case ArrayNode array -> array.remove(index(path.last(), array.size()));
          default -> null;
        };
    if (removed == null) {
      throw missing(path);
    }
    return removed;
  }

  private static void test(ObjectNode target, Pointer path, JsonNode expected) {
    JsonNode found = find(target, path);
    JsonNode actual = found instanceof MissingNode ? NullNode.getInstance() : found;
    if (!actual.equals(expected)) {
      throw failed("testing value " + path + " failed");
    }
  }

  private static JsonNode find(ObjectNode target, Pointer path) {
    if (path.isWhole()) {
      return target;
    }
    return switch (parentOf(target, path)) {
      case ArrayNode array -> array.path(index(path.last(), array.size()));
      case JsonNode parent -> parent.path(path.last());
    };
  }

  private static JsonNode parentOf(ObjectNode target, Pointer path) {
    if (path.isWhole()) {
      throw failed("the whole document cannot be changed");
    }
    JsonNode node = target;
    for (String name : path.parents()) {
      node =
          node instanceof ArrayNode array ? array.path(index(name, array.size())) : node.path(name);
    }
    if (!node.isContainer()) {
      throw missing(path);
    }
    return node;
  }

  /// The index that `text` names in a list with `places` places; a negative one counts from the
  /// end.
  private static int index(String text, int places) {
    try {
      int index = Integer.parseInt(text);
      int fromStart = index < 0 ? index + places : index;
      if (fromStart >= 0 && fromStart < places) {
        return fromStart;
      }
    } catch (NumberFormatException e) {
      throw failed("invalid array index " + text);
    }
    throw failed("array index out of bounds " + text);
  }

  private static JsonNode value(JsonNode operation) {
    JsonNode value = operation.path("value");
    return value instanceof MissingNode ? NullNode.getInstance() : value.deepCopy();
  }

  private static Pointer from(JsonNode operation) {
    return Pointer.parse(require(operation, "from").asString(""));
  }

  private static JsonNode require(JsonNode operation, String field) {
    if (!operation.path(field).isString()) {
      throw failed("operation missing " + field + " field");
    }
    return operation.path(field);
  }

  private static ApiError missing(Pointer path) {
    return failed("missing path " + path);
  }

  /// The real server says only its first sentence; ours says what failed as well.
  private static ApiError failed(String detail) {
    return new ApiError(
        new Status(
            422,
            "Invalid",
            "the server rejected our request due to an error in our request: " + detail,
            Details.NONE));
  }
}
