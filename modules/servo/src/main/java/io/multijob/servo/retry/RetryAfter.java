package io.multijob.servo.retry;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;

/// The `Retry-After` header of an answer ([RFC 9110,
/// 10.2.3](https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3)).
public final class RetryAfter {
  /// What asks for a longer pause is believed only so far: a clock may be wrong at either end.
  public static final Duration LONGEST = Duration.ofHours(1);

  private RetryAfter() {}

  /// The pause that a server asks for; none for a header that is absent, past or not understood.
  ///
  /// @param header seconds, or a date as HTTP writes it; empty when there is none
  public static Duration parse(String header, Instant now) {
    String value = header.strip();
    if (value.matches("\\d{1,9}")) {
      return bounded(Duration.ofSeconds(Long.parseLong(value)));
    }
    if (value.isEmpty()) {
      return Duration.ZERO;
    }
    try {
      Instant date = DateTimeFormatter.RFC_1123_DATE_TIME.parse(value, Instant::from);
      return bounded(Duration.between(now, date));
    } catch (DateTimeException e) {
      return Duration.ZERO; // as if it were not there (RFC 9110, 5.6.7 leaves it to us)
    }
  }

  private static Duration bounded(Duration asked) {
    if (asked.isNegative()) {
      return Duration.ZERO;
    }
    return asked.compareTo(LONGEST) < 0 ? asked : LONGEST;
  }
}
