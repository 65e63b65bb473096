package io.multijob.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class QuantitiesTest {

  @Test
  void memorySpeaksTheLanguageOfKubernetes() {
    assertThat(Memory.ofMebibytes(512)).hasToString("512Mi");
    assertThat(new Memory(1_000)).hasToString("1000");
    assertThat(Memory.ZERO).hasToString("0");
  }

  @Test
  void memoryAddsAndCompares() {
    assertThat(new Memory(1).plus(new Memory(2))).isEqualTo(new Memory(3));
    assertThat(new Memory(1)).isLessThan(new Memory(2));
    assertThatThrownBy(() -> new Memory(Long.MAX_VALUE).plus(new Memory(1)))
        .isInstanceOf(ArithmeticException.class);
    assertThat(new Memory(0)).isEqualTo(Memory.ZERO);
    assertThatThrownBy(() -> new Memory(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("memory is negative: -1 bytes");
  }

  @ParameterizedTest
  @CsvSource({"0, PT0S", "1.25, PT1.25S", "0.0000000019, PT0.000000001S", "3e2, PT5M"})
  void secondsAreReadToTheNanosecond(BigDecimal seconds, Duration duration) {
    assertThat(Seconds.toDuration(seconds)).isEqualTo(duration);
  }

  @ParameterizedTest
  @CsvSource({
    "67108864, 67108864",
    "0.00001, 0.00001",
    "0, 0",
    "-2.50, -2.5",
    "1e21, 1000000000000000000000",
    "9007199254740992, 9007199254740992"
  })
  void numbersAreWrittenWithoutExponents(double number, String text) {
    assertThat(Numbers.plain(number)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"1.0, 1", "' 5 ', 5", "2e3, 2000", "-0.50, -0.5", "1e308, 1e308", "1e-400, 1e-400"})
  void textMaySpellANumber(String text, BigDecimal number) {
    assertThat(SettingValue.of(text).asNumber())
        .hasValueSatisfying(found -> assertThat(found).isEqualByComparingTo(number));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "512Mi", "0x10", "NaN", "1e309", "1e-401", "1e999999999"})
  void otherTextSpellsNone(String text) {
    assertThat(SettingValue.of(text).asNumber()).isEmpty();
  }

  @Test
  void overlongTextSpellsNone() {
    assertThat(SettingValue.of("0".repeat(400)).asNumber()).isPresent();
    assertThat(SettingValue.of("0".repeat(401)).asNumber()).isEmpty();
  }

  @Test
  void aSettingIsPrintedAsAPodTakesIt() {
    assertThat(SettingValue.of(1e7)).hasToString("10000000");
    assertThat(SettingValue.of(0.250)).hasToString("0.25").isEqualTo(SettingValue.of(0.25));
    assertThat(SettingValue.of("fast")).hasToString("fast");
    assertThat(SettingValue.of(2).asNumber()).hasValue(BigDecimal.TWO);
  }

  @Test
  void aRangeHasBoundsInOrderAndAStep() {
    assertThatThrownBy(() -> new Range(1, 2, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("max 1.0 is less than min 2.0");
    assertThatThrownBy(() -> new Range(1, 0, 1, -1)).hasMessage("step is negative: -1.0");
    assertThatThrownBy(() -> new Range(Double.NaN, 0, 1, 1)).hasMessage("value is not finite: NaN");
    assertThatThrownBy(() -> new Range(1, Double.NaN, 1, 1)).hasMessage("min is not finite: NaN");
    assertThatThrownBy(() -> new Range(1, 0, Double.POSITIVE_INFINITY, 1))
        .hasMessage("max is not finite: Infinity");
    assertThatThrownBy(() -> new Range(1, 0, 1, Double.NaN)).hasMessage("step is not finite: NaN");
    assertThat(new Range(9, 0, 0, 0).value()).isEqualTo(9);
  }

  @Test
  void aDescriptionKeepsTheOrderOfItsSettings() {
    var settings = new LinkedHashMap<String, Range>();
    settings.put("mem", new Range(1, 0, 1, 1));
    settings.put("cpu", new Range(1, 0, 1, 1));

    var description =
        new Description(Map.of("main", settings), Set.of(Metric.PERF, Metric.DURATION));

    assertThat(description.components().get("main")).containsExactlyEntriesOf(settings);
    assertThat(description.metrics()).containsExactly(Metric.DURATION, Metric.PERF);
  }

  @Test
  void aDiagKeepsTheEndOfWhatWasHeard() {
    assertThat(new Diag("", "watch", "x".repeat(2_000)).stderr()).hasSize(2_000);
    assertThat(new Diag("", "watch", "a" + "x".repeat(2_000)).stderr())
        .isEqualTo("x".repeat(2_000));
    assertThat(new Diag("", "watch", "😀" + "x".repeat(1_999)).stderr())
        .isEqualTo("x".repeat(1_999));
  }

  @Test
  void aPauseIsNotNegative() {
    assertThatThrownBy(() -> new Command.Sleep(Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the pause is negative: PT-0.001S");
  }
}
