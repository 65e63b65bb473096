package io.multijob.servo.certificate;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// What an API server's answer says for a person.
final class RefusalMessage {
  private static final int MOST = 300;

  private RefusalMessage() {}

  /// The `message` of a Status, or the beginning of whatever else it is.
  static String of(String body) {
    String message = body.strip();
    try {
      message = JsonMapper.shared().readTree(body).path("message").asString(message);
    } catch (JacksonException e) {
      return cut(message); // from something between us
    }
    return cut(message);
  }

  private static String cut(String message) {
    return message.length() <= MOST ? message : message.substring(0, MOST) + "...";
  }
}
