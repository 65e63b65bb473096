package io.multijob.optune.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class QuantityTest {

  @ParameterizedTest
  @CsvSource({
    "250m, 0.25",
    "2, 2",
    "0.5, 0.5",
    "512Mi, 536870912",
    "1Gi, 1073741824",
    "1k, 1000",
    "1e3, 1000",
    "1.5G, 1500000000",
    "100000n, 0.0001",
  })
  void readsWhatKubernetesWrites(String text, double amount) {
    assertThat(Quantity.parse(text)).hasValue(amount);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "m", "-1", "1K", "1 Gi", "1e999999999", "many", "1GiB"})
  void leavesOutWhatIsNoAmount(String text) {
    assertThat(Quantity.parse(text)).isEmpty();
  }
}
