package io.multijob.protocol;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// An [Answer] as JSON: `{"cmd": "<NAME>", "param": {...}}`, or `{"status": "ok"}` without a
/// command.
public final class AnswerJson {
  private static final BigDecimal LONGEST_SLEEP =
      BigDecimal.valueOf(Duration.ofDays(365).toSeconds());

  private AnswerJson() {}

  /// The answer as compact JSON; the same answer gives the same text.
  public static String write(Answer answer) {
    return AnswerWriter.write(answer);
  }

  /// The answer in the body of a successful response. A body that is empty, not JSON or not a JSON
  /// object asks for nothing.
  ///
  /// @throws ProtocolException if it is a command that is not what it should be
  public static Answer read(byte[] body) {
    Place document;
    try {
      document = Document.parse(body);
    } catch (ProtocolException e) {
      return new Answer.Done();
    }
    if (!document.isObject() || document.member("cmd").isAbsent()) {
      return new Answer.Done();
    }
    return new Answer.Commanded(command(document.member("cmd").text(), document.member("param")));
  }

  private static Command command(String name, Place param) {
    return switch (name) {
      case Command.Describe.NAME -> new Command.Describe();
      case Command.Adjust.NAME -> adjust(param);
      case Command.Measure.NAME -> new Command.Measure();
      case Command.Sleep.NAME -> new Command.Sleep(pause(param.member("duration")));
      default -> new Command.Unknown(name);
    };
  }

  private static Command.Adjust adjust(Place param) {
    Place state = param.member("state");
    var components = new LinkedHashMap<String, Map<String, SettingValue>>();
    (state.isAbsent() ? param : state)
        .member("application")
        .member("components")
        .members()
        .forEach((name, component) -> components.put(name, settings(component)));
    return new Command.Adjust(components);
  }

  private static Map<String, SettingValue> settings(Place component) {
    var values = new LinkedHashMap<String, SettingValue>();
    Place settings = component.member("settings");
    if (!settings.isAbsent()) {
      settings
          .members()
          .forEach((name, setting) -> values.put(name, value(setting.member("value"))));
    }
    return values;
  }

  private static SettingValue value(Place place) {
    if (place.isText()) {
      return new SettingValue.Text(place.text());
    }
    if (place.isNumber()) {
      return new SettingValue.Numeric(place.number());
    }
    throw place.expected("a number or text");
  }

  private static Duration pause(Place place) {
    BigDecimal seconds = place.amount();
    if (seconds.compareTo(LONGEST_SLEEP) > 0) {
      throw place.expected("at most " + LONGEST_SLEEP + " seconds");
    }
    return Seconds.toDuration(seconds);
  }
}
