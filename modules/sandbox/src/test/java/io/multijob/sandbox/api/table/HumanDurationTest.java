package io.multijob.sandbox.api.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HumanDurationTest {

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0s",
    "PT-0.5S, 0s",
    "PT-5S, <invalid>",
    "PT119S, 119s",
    "PT2M, 2m",
    "PT3M5S, 3m5s",
    "PT9M59S, 9m59s",
    "PT10M59S, 10m",
    "PT179M, 179m",
    "PT3H, 3h",
    "PT3H1M, 3h1m",
    "PT7H59M, 7h59m",
    "PT8H59M, 8h",
    "PT47H, 47h",
    "P2D, 2d",
    "P2DT3H, 2d3h",
    "P8DT3H, 8d",
    "P729D, 729d",
    "P730D, 2y",
    "P800D, 2y70d",
    "P2920D, 8y",
    "P3000D, 8y"
  })
  void saysItAsKubectlDoes(Duration duration, String text) {
    assertThat(HumanDuration.format(duration)).isEqualTo(text);
  }
}
