package io.multijob.protocol;

import java.time.Duration;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/// Writes an [Answer].
final class AnswerWriter {
  private final JsonGenerator json;

  private AnswerWriter(JsonGenerator json) {
    this.json = json;
  }

  static String write(Answer answer) {
    return JsonText.write(json -> new AnswerWriter(json).answer(answer));
  }

  private void answer(Answer answer) {
    json.writeStartObject();
    switch (answer) {
      case Answer.Done() -> json.writeStringProperty("status", "ok");
      case Answer.Commanded(Command command) -> {
        json.writeStringProperty("cmd", command.name());
        json.writeObjectPropertyStart("param");
        param(command);
        json.writeEndObject();
      }
    }
    json.writeEndObject();
  }

  private void param(Command command) {
    switch (command) {
      case Command.Describe _, Command.Measure _, Command.Unknown _ -> {}
      case Command.Adjust(Map<String, Map<String, SettingValue>> components) -> state(components);
      case Command.Sleep(Duration pause) -> {
        json.writeName("duration");
        json.writeNumber(Seconds.of(pause).stripTrailingZeros().toPlainString());
      }
    }
  }

  private void state(Map<String, Map<String, SettingValue>> components) {
    json.writeObjectPropertyStart("state");
    json.writeObjectPropertyStart("application");
    json.writeObjectPropertyStart("components");
    components.forEach((component, settings) -> {
      json.writeObjectPropertyStart(component);
      json.writeObjectPropertyStart("settings");
      settings.forEach(this::setting);
      json.writeEndObject();
      json.writeEndObject();
    });
    json.writeEndObject();
    json.writeEndObject();
    json.writeEndObject();
  }

  private void setting(String name, SettingValue value) {
    json.writeObjectPropertyStart(name);
    json.writeName("value");
    switch (value) {
      case SettingValue.Numeric number -> json.writeNumber(number.toString());
      case SettingValue.Text(String text) -> json.writeString(text);
    }
    json.writeEndObject();
  }
}
