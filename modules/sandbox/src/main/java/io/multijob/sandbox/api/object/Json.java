package io.multijob.sandbox.api.object;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/// Documents and their text. Thread-safe.
public final class Json {
  private static final ObjectMapper MAPPER = JsonMapper.builder().build();

  private Json() {}

  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  public static ArrayNode array() {
    return JsonNodeFactory.instance.arrayNode();
  }

  /// Reads one document.
  ///
  /// @throws JacksonException if it is not one, and why
  public static JsonNode read(byte[] text) {
    return MAPPER.readTree(text);
  }

  /// Reads a document that we wrote ourselves.
  public static ObjectNode readObject(byte[] text) {
    return (ObjectNode) MAPPER.readTree(text);
  }

  /// The document that a value of maps, lists and scalars stands for; missing for null.
  public static JsonNode of(@Nullable Object value) {
    return value == null ? MissingNode.getInstance() : MAPPER.valueToTree(value);
  }

  public static byte[] write(JsonNode document) {
    return MAPPER.writeValueAsBytes(document);
  }

  /// The text at `path`, or the empty string where there is none.
  public static String text(JsonNode document, String... path) {
    return at(document, path).asString("");
  }

  /// The number at `path`, or `otherwise` where there is none.
  public static long number(JsonNode document, long otherwise, String... path) {
    return at(document, path).asLong(otherwise);
  }

  /// What is at `path`, or a missing node.
  public static JsonNode at(JsonNode document, String... path) {
    JsonNode node = document;
    for (String name : path) {
      node = node.path(name);
    }
    return node;
  }

  /// The object under `name`, made when it is not there.
  public static ObjectNode child(ObjectNode parent, String name) {
    return parent.path(name) instanceof ObjectNode there ? there : parent.putObject(name);
  }

  /// The list under `name`, made when it is not there.
  public static ArrayNode list(ObjectNode parent, String name) {
    return parent.path(name) instanceof ArrayNode there ? there : parent.putArray(name);
  }

  /// Sets `name` unless it is set.
  public static void setDefault(ObjectNode parent, String name, String value) {
    if (!parent.has(name)) {
      parent.put(name, value);
    }
  }

  /// Sets `name` unless it is set.
  public static void setDefault(ObjectNode parent, String name, int value) {
    if (!parent.has(name)) {
      parent.put(name, value);
    }
  }

  /// Makes `name` in `target` what it is in `source`, absent included.
  public static void copy(JsonNode source, ObjectNode target, String name) {
    JsonNode value = source.path(name);
    if (value instanceof MissingNode) {
      target.remove(name);
    } else {
      target.set(name, value.deepCopy());
    }
  }
}
