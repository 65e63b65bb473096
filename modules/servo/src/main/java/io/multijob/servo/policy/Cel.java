package io.multijob.servo.policy;

import java.util.Collection;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// Writes values down in the API server's expression language.
final class Cel {
  private static final int FIRST_PRINTABLE = 0x20;
  private static final int DELETE = 0x7f;

  private Cel() {}

  /// `text` as a literal.
  static String string(String text) {
    StringBuilder literal = new StringBuilder(text.length() + 2).append('\'');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\'' || c == '\\') {
        literal.append('\\').append(c);
      } else if (c < FIRST_PRINTABLE || c == DELETE) {
        literal.append("\\u%04x".formatted((int) c));
      } else {
        literal.append(c);
      }
    }
    return literal.append('\'').toString();
  }

  /// A list of strings.
  static String strings(Collection<String> texts) {
    return texts.stream().map(Cel::string).collect(Collectors.joining(", ", "[", "]"));
  }

  /// JSON as the value of a patch. A map's values, and a list's elements, must be of one type
  /// there: what is not a map of strings is of no type in particular.
  ///
  /// (The typed objects that the API server offers for this take three times the memory.)
  static String json(JsonNode value) {
    Function<JsonNode, String> part =
        value.valueStream().allMatch(JsonNode::isString) ? Cel::json : Cel::untyped;
    if (value.isObject()) {
      return value.properties().stream()
          .map(entry -> string(entry.getKey()) + ": " + part.apply(entry.getValue()))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    if (value.isArray()) {
      return value.valueStream().map(part).collect(Collectors.joining(", ", "[", "]"));
    }
    return value.isString() ? string(value.stringValue()) : value.toString();
  }

  private static String untyped(JsonNode value) {
    return "dyn(" + json(value) + ")";
  }
}
