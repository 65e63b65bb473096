package io.multijob.servo.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class KubernetesTimeTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-11-22T22:30:59Z",
        "2024-02-29T00:00:00Z",
        "1999-12-31T23:59:59Z",
        "2026-11-22T22:30:59.123456Z",
      })
  void readsWhatTheApiWrites(String text) {
    assertThat(parse(text)).isEqualTo(Instant.parse(text).toString());
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-22T22:30:59+02:00, 2026-11-22T20:30:59Z",
    "1970-01-01T00:00:00Z, none",
    "2023-02-29T00:00:00Z, none",
    "2026-11-22T25:00:00Z, none",
    "2026-11-22T22:3x:00Z, none",
    "yesterday, none",
    "'', none",
  })
  void whatIsNoTimeIsNone(String text, String read) {
    assertThat(parse(text)).isEqualTo(read);
  }

  private static String parse(String text) {
    char[] padded = ("<" + text + ">").toCharArray();
    return KubernetesTime.parse(padded, 1, text.length()).map(Instant::toString).orElse("none");
  }
}
