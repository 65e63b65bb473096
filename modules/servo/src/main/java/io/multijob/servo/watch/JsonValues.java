package io.multijob.servo.watch;

import java.time.Instant;
import java.util.Optional;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Takes single values off a parser that stands on them, and leaves it at their end. A value of
/// another type than expected counts as absent: one odd pod must not blind us for the others.
///
/// Not thread-safe.
final class JsonValues {
  private final StringPool pool = new StringPool();
  private final CompactJson compact = new CompactJson(pool);

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

  /// True for a text that is not empty, which is not kept.
  boolean hasText(JsonParser p) {
    return isText(p) && p.getStringLength() > 0;
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
    return compact.copy(p);
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
