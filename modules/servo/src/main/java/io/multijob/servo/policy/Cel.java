package io.multijob.servo.policy;

import java.util.Collection;
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

  /// A part of an object as the value of a patch: objects are typed by their place in the whole,
  /// because a map's values must be of one type there.
  ///
  /// @param type of `value`, such as `Object.spec.initContainers`
  static String object(JsonNode value, String type) {
    if (value.isObject()) {
      return value.properties().stream()
          .map(entry -> entry.getKey() + ": " + member(entry.getValue(), type, entry.getKey()))
          .collect(Collectors.joining(", ", type + "{", "}"));
    }
    if (value.isArray()) {
      return value
          .valueStream()
          .map(element -> object(element, type))
          .collect(Collectors.joining(", ", "[", "]"));
    }
    return value.isString() ? string(value.stringValue()) : value.toString();
  }

  /// A map of strings, such as the requests of a container.
  static String map(JsonNode value) {
    return value.properties().stream()
        .map(entry -> string(entry.getKey()) + ": " + string(entry.getValue().asString()))
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static String member(JsonNode value, String type, String name) {
    return switch (name) {
      case "limits", "requests" -> map(value);
      default -> object(value, type + "." + name);
    };
  }
}
