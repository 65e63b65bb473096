package io.multijob.servo.adjustment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SettingRangeTest {

  @ParameterizedTest
  @CsvSource({
    "CPU, 0.1..8, 0.1..8/0.001",
    "CPU, 0..8, 0..8/0.001",
    "CPU, 100m..8/0.5, 0.1..8/0.5",
    "CPU, .5..1., 0.5..1/0.001",
    "CPU, ' 1 .. 2 / 1 ', 1..2/1",
    "CPU, 1..1, 1..1/0.001",
    "MEMORY, 64Mi..8Gi, 67108864..8589934592/4096",
    "MEMORY, 64Mi..8Gi/1Mi, 67108864..8589934592/1048576",
    "MEMORY, 1e6..1G/1k, 1000000..1000000000/1000",
  })
  void configurationSpellsOne(ResourceName resource, String text, String range) {
    assertThat(SettingRange.parse(resource, text)).hasToString(range);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          CPU    | 8         | expected min..max or min..max/step such as 0.1..8 or 100m..8/0.5, found "8"
          MEMORY | 8Gi/4Ki   | expected min..max or min..max/step such as 64Mi..8Gi or 64Mi..8Gi/4Ki, found "8Gi/4Ki"
          CPU    | ..8       | min: expected a quantity such as 500m, 2, 64Mi or 1e3, found ''
          CPU    | 1..       | max: expected a quantity such as 500m, 2, 64Mi or 1e3, found ''
          CPU    | 1..2/     | step: expected a quantity such as 500m, 2, 64Mi or 1e3, found ''
          CPU    | 1..two    | max: expected a quantity such as 500m, 2, 64Mi or 1e3, found 'two'
          CPU    | 2..1      | max 1 is less than min 2
          CPU    | -1..1     | min is negative: -1
          CPU    | 0..0      | max and step should be more than 0, found "0..0"
          CPU    | 0..1/0    | max and step should be more than 0, found "0..1/0"
          CPU    | 0..1/100u | step is finer than 0.001: 100u
          CPU    | 1u..1     | min is finer than 0.001: 1u
          MEMORY | 0..1500m  | max is finer than 1: 1500m
          """)
  void otherTextIsRefusedWithWhatIsWrong(ResourceName resource, String text, String message) {
    assertThatThrownBy(() -> SettingRange.parse(resource, text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource({
    "0..3.5/0.001, 1.23449, 1.234",
    "0..3.5/0.001, 1.2345, 1.235",
    "0..3.5/0.001, 3.5, 3.5",
    "0..3.5/0.001, 0.0001, 0",
    "0.1..8/0.5, 0.1, 0.1",
    "0.1..8/0.5, 0.4, 0.6",
    "0.1..8/0.5, 0.3, 0.1",
    "0.1..8/0.5, 8, 7.6",
    "0..10/4, 10, 8",
    "0..10/20, 10, 0",
    "-8..0/1, -1.6, -2",
    "0..1/0, 0.123456789, 0.123456789",
  })
  void valuesAreRoundedToTheStepAndStayWithin(String text, BigDecimal value, BigDecimal rounded) {
    String[] parts = text.split("\\.\\.|/", -1);
    var range =
        new SettingRange(
            new BigDecimal(parts[0]), new BigDecimal(parts[1]), new BigDecimal(parts[2]));

    assertThat(range.nearest(value)).isEqualByComparingTo(rounded);
  }

  @Test
  void itsBoundsAreInOrderAndItsStepIsNotNegative() {
    assertThatThrownBy(
            () -> new SettingRange(BigDecimal.ZERO, BigDecimal.ONE, BigDecimal.valueOf(-1)))
        .hasMessage("step is negative: -1");
  }

  @Test
  void configurationHasOneRangeAtTheMost() {
    SettingRange range = SettingRange.parse(ResourceName.CPU, "1..2");

    assertThatThrownBy(
            () -> new AdjustSettings(Mode.APPLY, Target.AUTO, List.of(range, range), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("more than one range");
  }
}
