package io.multijob.servo.watch;

import java.io.StringWriter;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Takes single values off a parser that stands on them, and leaves it at their end. A value of
/// another type than expected counts as absent: one odd pod must not blind us for the others.
///
/// Not thread-safe.
final class JsonValues {
  private static final JsonFactory JSON = new JsonFactory();

  private final StringPool pool = new StringPool();

  /// A text that hardly any other pod has; empty when there is none.
  String text(JsonParser p) {
    return isText(p) ? p.getString() : "";
  }

  /// A text that many pods have in common; empty when there is none.
  String word(JsonParser p) {
    return isText(p)
        ? pool.get(p.getStringCharacters(), p.getStringOffset(), p.getStringLength())
        : "";
  }

  Optional<Instant> time(JsonParser p) {
    return isText(p)
        ? KubernetesTime.parse(p.getStringCharacters(), p.getStringOffset(), p.getStringLength())
        : Optional.empty();
  }

  int number(JsonParser p) {
    if (p.currentToken() == JsonToken.VALUE_NUMBER_INT) {
      return p.getValueAsInt();
    }
    p.skipChildren();
    return 0;
  }

  boolean truth(JsonParser p) {
    p.skipChildren();
    return p.currentToken() == JsonToken.VALUE_TRUE;
  }

  /// The value as it came, without spaces.
  String compact(JsonParser p) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      generator.copyCurrentStructure(p);
    }
    return pool.get(text.toString());
  }

  /// True when the parser stands at the start of an object; another value is skipped.
  boolean entersObject(JsonParser p) {
    if (p.currentToken() == JsonToken.START_OBJECT) {
      return true;
    }
    p.skipChildren();
    return false;
  }

  /// True when the parser stands at the start of an array; another value is skipped.
  boolean entersArray(JsonParser p) {
    if (p.currentToken() == JsonToken.START_ARRAY) {
      return true;
    }
    p.skipChildren();
    return false;
  }

  private static boolean isText(JsonParser p) {
    if (p.currentToken() == JsonToken.VALUE_STRING) {
      return true;
    }
    p.skipChildren();
    return false;
  }
}
