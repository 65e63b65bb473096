package io.multijob.servo.retry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RetryAfterTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          7                              | PT7S
          ' 7 '                          | PT7S
          0                              | PT0S
          86400                          | PT1H
          999999999                      | PT1H
          Sun, 22 Nov 2026 10:00:30 GMT  | PT30S
          Sun, 22 Nov 2026 09:59:30 GMT  | PT0S
          Mon, 23 Nov 2026 10:00:00 GMT  | PT1H
          ''                             | PT0S
          -7                             | PT0S
          7.5                            | PT0S
          soon                           | PT0S
          Sun, 22 Nov 2026               | PT0S
          99999999999999999999           | PT0S
          """)
  void readsBothForms(String header, Duration pause) {
    assertThat(RetryAfter.parse(header, NOW)).isEqualTo(pause);
  }
}
