package io.multijob.sandbox.api.object;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Times as the API writes them: RFC 3339 in UTC, whole seconds but for the few that are finer.
public final class Timestamps {
  private static final DateTimeFormatter MICRO =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private Timestamps() {}

  public static String format(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /// A time in microseconds, as a `MicroTime` is.
  public static String formatMicro(Instant time) {
    return MICRO.format(time);
  }

  /// Whether a text could be a `MicroTime`: those must have just six digits after the point.
  public static boolean isMicro(String text) {
    int point = text.indexOf('.');
    return point >= 0
        && text.length() > point + 7
        && text.substring(point + 1, point + 7).chars().allMatch(Character::isDigit)
        && !Character.isDigit(text.charAt(point + 7));
  }

  /// The time that is written there, if one is.
  public static Optional<Instant> read(JsonNode timestamp) {
    try {
      return timestamp.isString()
          ? Optional.of(Instant.parse(timestamp.stringValue()))
          : Optional.empty();
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
