package io.multijob.podmon;

/// Writes one JSON object on one line, field by field. It starts open. Used by one thread.
///
/// By hand, because podmon carries no library into other people's pods.
final class JsonLine {
  private static final String HEXADECIMAL = "0123456789abcdef";

  private final StringBuilder line = new StringBuilder("{");

  JsonLine text(String name, String value) {
    name(name).append('"');
    escape(value);
    line.append('"');
    return this;
  }

  JsonLine number(String name, long value) {
    name(name).append(value);
    return this;
  }

  JsonLine open(String name) {
    name(name).append('{');
    return this;
  }

  /// Opens an object that is an element of the array that is open.
  JsonLine open() {
    comma();
    line.append('{');
    return this;
  }

  JsonLine close() {
    line.append('}');
    return this;
  }

  JsonLine openArray(String name) {
    name(name).append('[');
    return this;
  }

  JsonLine closeArray() {
    line.append(']');
    return this;
  }

  /// Closes the object and gives the line.
  String end() {
    return line.append('}').toString();
  }

  private StringBuilder name(String name) {
    comma();
    return line.append('"').append(name).append("\":");
  }

  private void comma() {
    char last = line.charAt(line.length() - 1);
    if (last != '{' && last != '[') {
      line.append(',');
    }
  }

  private void escape(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        line.append('\\').append(c);
      } else if (c < ' ') {
        line.append("\\u00").append(HEXADECIMAL.charAt(c >> 4)).append(HEXADECIMAL.charAt(c & 0xf));
      } else {
        line.append(c);
      }
    }
  }
}
