package io.multijob.servo.watch;

import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Copies a value as it comes, without spaces.
///
/// Not thread-safe: one text at a time, made in the same buffer.
final class CompactJson {
  private final StringPool pool;
  private final StringBuilder text = new StringBuilder();
  private char[] chars = new char[256];

  CompactJson(StringPool pool) {
    this.pool = pool;
  }

  /// The value at which the parser stands; leaves it at the value's end.
  String copy(JsonParser p) {
    text.setLength(0);
    value(p);
    if (chars.length < text.length()) {
      chars = new char[text.length() * 2];
    }
    text.getChars(0, text.length(), chars, 0);
    return pool.get(chars, 0, text.length());
  }

  private void value(JsonParser p) {
    switch (p.currentToken()) {
      case START_OBJECT -> object(p);
      case START_ARRAY -> array(p);
      case VALUE_STRING -> quote(p.getStringCharacters(), p.getStringOffset(), p.getStringLength());
      default -> text.append(p.getString());
    }
  }

  private void object(JsonParser p) {
    text.append('{');
    String comma = "";
    for (String name = p.nextName(); name != null; name = p.nextName()) {
      text.append(comma);
      quote(name.toCharArray(), 0, name.length());
      text.append(':');
      p.nextToken();
      value(p);
      comma = ",";
    }
    text.append('}');
  }

  private void array(JsonParser p) {
    text.append('[');
    String comma = "";
    while (p.nextToken() != JsonToken.END_ARRAY) {
      text.append(comma);
      value(p);
      comma = ",";
    }
    text.append(']');
  }

  /// Escapes no more than JSON demands (RFC 8259, section 7).
  private void quote(char[] from, int offset, int length) {
    text.append('"');
    for (int i = offset; i < offset + length; i++) {
      char c = from[i];
      switch (c) {
        case '"', '\\' -> text.append('\\').append(c);
        case '\n' -> text.append("\\n");
        case '\t' -> text.append("\\t");
        case '\r' -> text.append("\\r");
        case '\b' -> text.append("\\b");
        case '\f' -> text.append("\\f");
        default -> {
          if (c < ' ') {
            text.append("\\u%04X".formatted((int) c));
          } else {
            text.append(c);
          }
        }
      }
    }
    text.append('"');
  }
}
