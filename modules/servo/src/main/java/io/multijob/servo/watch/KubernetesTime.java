package io.multijob.servo.watch;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/// Reads the times of the API: RFC 3339 in UTC, mostly to the second.
final class KubernetesTime {
  /// `2026-11-22T22:30:00Z`
  private static final int USUAL_LENGTH = 20;

  private static final int SECONDS_PER_DAY = 86_400;

  private KubernetesTime() {}

  /// The time; nothing for text that is none, and for the epoch itself, which the API writes where
  /// it knows no time.
  static Optional<Instant> parse(char[] chars, int offset, int length) {
    try {
      Instant time =
          length == USUAL_LENGTH && chars[offset + length - 1] == 'Z'
              ? usual(chars, offset)
              : Instant.parse(new String(chars, offset, length));
      return time.getEpochSecond() == 0 ? Optional.empty() : Optional.of(time);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Instant usual(char[] chars, int at) {
    LocalDate day =
        LocalDate.of(number(chars, at, 4), number(chars, at + 5, 2), number(chars, at + 8, 2));
    int second =
        number(chars, at + 11, 2) * 3_600
            + number(chars, at + 14, 2) * 60
            + number(chars, at + 17, 2);
    if (second >= SECONDS_PER_DAY) {
      throw new DateTimeException("no time of day");
    }
    return Instant.ofEpochSecond(day.toEpochDay() * SECONDS_PER_DAY + second);
  }

  private static int number(char[] chars, int from, int digits) {
    int number = 0;
    for (int i = from; i < from + digits; i++) {
      int digit = chars[i] - '0';
      if (digit < 0 || digit > 9) {
        throw new DateTimeException("no digit at " + (i - from));
      }
      number = number * 10 + digit;
    }
    return number;
  }
}
