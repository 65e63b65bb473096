package io.multijob.protocol;

import java.io.StringWriter;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// Compact JSON, written member by member.
final class JsonText {
  private static final JsonFactory FACTORY = new JsonFactory();

  private JsonText() {}

  static String write(Consumer<JsonGenerator> document) {
    var text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
      document.accept(json);
    }
    return text.toString();
  }

  static void number(JsonGenerator json, String name, double value) {
    json.writeName(name);
    json.writeNumber(Numbers.plain(value));
  }

  static void textUnlessEmpty(JsonGenerator json, String name, String value) {
    if (!value.isEmpty()) {
      json.writeStringProperty(name, value);
    }
  }
}
