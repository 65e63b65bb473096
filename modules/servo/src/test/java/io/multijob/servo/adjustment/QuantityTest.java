package io.multijob.servo.adjustment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class QuantityTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "2, 2",
    "+2, 2",
    "-2, -2",
    "007, 7",
    "0.5, 0.5",
    ".5, 0.5",
    "2., 2",
    "-.25, -0.25",
    "100n, 0.0000001",
    "5u, 0.000005",
    "500m, 0.5",
    "1500m, 1.5",
    "0.5m, 0.0005",
    "-500m, -0.5",
    "1k, 1000",
    "129M, 129000000",
    "1.5G, 1500000000",
    "2T, 2000000000000",
    "3P, 3000000000000000",
    "1E, 1000000000000000000",
    "1Ki, 1024",
    "123Mi, 128974848",
    "1.5Gi, 1610612736",
    "2Ti, 2199023255552",
    "1Pi, 1125899906842624",
    "1Ei, 1152921504606846976",
    "0.5Ki, 512",
    "128974848, 128974848",
    "1e3, 1000",
    "1E6, 1000000",
    "1e+3, 1000",
    "12E-1, 1.2",
    "-1.5e2, -150",
    "5e0, 5",
    "0e9, 0",
  })
  void b25_everyFormThatKubernetesWritesIsRead(String text, BigDecimal amount) {
    assertThat(Quantity.parse(text).amount()).isEqualByComparingTo(amount);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "x",
        "K",
        "1K",
        "1ki",
        "1mi",
        "1mM",
        "1 Mi",
        " 1",
        "1 ",
        "Mi",
        ".",
        "-",
        "+.",
        "1..2",
        "1.2.3",
        "--1",
        "1e",
        "e3",
        "1e3Mi",
        "1Mi3",
        "1e1.5",
        "1e1234567890",
        "0x10",
        "NaN",
        "Infinity",
        "1,5",
        "1Zi",
        "1Eii",
        "١"
      })
  void b25_otherTextIsRefusedByName(String text) {
    assertThatThrownBy(() -> Quantity.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected a quantity such as 500m, 2, 64Mi or 1e3, found '" + text + "'");
  }

  @Test
  void overlongTextIsRefusedAndShownInPart() {
    assertThat(Quantity.parse("0".repeat(99) + "7").amount()).isEqualByComparingTo("7");
    assertThatThrownBy(() -> Quantity.parse("1".repeat(101)))
        .hasMessageEndingWith("found '" + "1".repeat(100) + "...'");
  }

  @ParameterizedTest
  @CsvSource({
    "0.1n, 0.000000001",
    "1.5n, 0.000000002",
    "-0.1n, -0.000000001",
    "1e-12, 0.000000001",
    "1e-999999999, 0.000000001",
    "8Ei, 9223372036854775807",
    "1e999999999, 9223372036854775807",
    "-100E, -9223372036854775807",
    "0e999999999, 0",
  })
  void whatIsTooFineOrTooLargeCountsAsInTheApiServer(String text, BigDecimal amount) {
    assertThat(Quantity.parse(text).amount()).isEqualByComparingTo(amount);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "2, 2",
    "1.5, 1500m",
    "0.25, 250m",
    "0.001, 1m",
    "0.0001, 100u",
    "0.0000001, 100n",
    "0.000000001, 1n",
    "1.0000001, 1000000100n",
    "-0.5, -500m",
    "1000, 1000",
    "1024, 1024",
    "4096, 4096",
    "67108864, 64Mi",
    "67112960, 67112960",
    "67000000, 67000000",
    "1073741824, 1Gi",
    "1610612736, 1536Mi",
    "-67108864, -64Mi",
    "1e18, 1000000000000000000",
    "1152921504606846976, 1Ei",
  })
  void itIsWrittenInTheCoarsestUnitInWhichItIsWhole(BigDecimal amount, String text) {
    assertThat(new Quantity(amount)).hasToString(text);
  }

  @Test
  void whatIsWrittenIsReadAsTheSame() {
    var random = new Random(6);
    for (int i = 0; i < 10_000; i++) {
      var quantity =
          new Quantity(
              BigDecimal.valueOf(random.nextLong() >> random.nextInt(64), random.nextInt(10)));

      assertThat(Quantity.parse(quantity.toString())).isEqualTo(quantity);
    }
  }

  @Test
  void equalAmountsAreEqualHoweverTheyAreWritten() {
    assertThat(Quantity.parse("1000m"))
        .isEqualTo(Quantity.parse("1"))
        .isEqualTo(Quantity.parse("1.0"))
        .hasSameHashCodeAs(Quantity.parse("1e0"));
    assertThat(Quantity.parse("64Mi")).isEqualTo(Quantity.ofBytes(67_108_864));
    assertThat(Quantity.parse("1M")).isLessThan(Quantity.parse("1Mi"));
    assertThat(Quantity.parse("1").max(Quantity.parse("2"))).isEqualTo(Quantity.parse("2"));
    assertThat(Quantity.parse("1").min(Quantity.parse("2"))).isEqualTo(Quantity.parse("1"));
  }

  @Test
  void coresAreRoundedUpToThousandths() {
    assertThat(Quantity.ofCores(new BigDecimal("0.0001"))).hasToString("1m");
    assertThat(Quantity.ofCores(new BigDecimal("1.5"))).hasToString("1500m");
  }

  @Test
  void nothingIsFinerThanABillionth() {
    assertThatThrownBy(() -> new Quantity(new BigDecimal("1e-10")))
        .hasMessage("a quantity is in billionths at the finest: 1E-10");
  }
}
