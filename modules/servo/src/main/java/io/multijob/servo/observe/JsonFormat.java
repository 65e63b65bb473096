package io.multijob.servo.observe;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.LoggingEvent;
import org.slf4j.helpers.MessageFormatter;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/// For a machine: one JSON object a line, with `time` (RFC 3339), `level`, `logger`, `message`,
/// each key-value under its own name, and `error` with a stack trace where there is one.
record JsonFormat() implements LineFormat {
  private static final JsonFactory JSON = new JsonFactory();

  @Override
  public String line(LoggingEvent event, Instant at) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      json.writeStringProperty("time", at.toString());
      json.writeStringProperty("level", event.getLevel().name());
      json.writeStringProperty("logger", event.getLoggerName());
      json.writeStringProperty(
          "message",
          MessageFormatter.basicArrayFormat(event.getMessage(), event.getArgumentArray()));
      if (event.getKeyValuePairs() != null) {
        for (KeyValuePair pair : event.getKeyValuePairs()) {
          write(json, pair);
        }
      }
      if (event.getThrowable() != null) {
        StringWriter trace = new StringWriter();
        event.getThrowable().printStackTrace(new PrintWriter(trace));
        json.writeStringProperty("error", trace.toString());
      }
      json.writeEndObject();
    }
    return text.append('\n').toString();
  }

  private static void write(JsonGenerator json, KeyValuePair pair) {
    switch (pair.value) {
      case Integer number -> json.writeNumberProperty(pair.key, number);
      case Long number -> json.writeNumberProperty(pair.key, number);
      case Boolean truth -> json.writeBooleanProperty(pair.key, truth);
      case null, default -> json.writeStringProperty(pair.key, String.valueOf(pair.value));
    }
  }
}
