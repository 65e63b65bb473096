package io.multijob.sandbox.api.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class QuantityTest {

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "250m, 0.25",
    "1k, 1000",
    "64Mi, 67108864",
    "1.5Gi, 1610612736",
    "1e3, 1000",
    "5E, 5e18",
    "2E2, 200",
    ".5, 0.5",
    "-1, -1",
    "100n, 1e-7"
  })
  void reads(String text, BigDecimal amount) {
    assertThat(Quantity.parse(text))
        .hasValueSatisfying(quantity -> assertThat(quantity.amount()).isEqualByComparingTo(amount));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "1K", "1 Mi", "Mi", "1mi", "1e", "."})
  void refuses(String text) {
    assertThat(Quantity.parse(text)).isEmpty();
  }
}
