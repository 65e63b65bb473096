package io.multijob.bench.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SpreadTest {

  @Test
  void isOfTheValuesInWhateverOrderTheyCame() {
    assertThat(Spread.of(List.of(5.0, 1.0, 3.0))).isEqualTo(new Spread(3, 1, 5, 3));
  }

  @Test
  void hasItsMedianBetweenTheTwoInTheMiddle() {
    assertThat(Spread.of(List.of(1.0, 2.0, 4.0, 9.0)).median()).isEqualTo(3);
  }

  @Test
  void ofOneValueIsThatValue() {
    assertThat(Spread.of(7)).isEqualTo(new Spread(7, 7, 7, 1)).isEqualTo(Spread.of(List.of(7.0)));
  }

  @ParameterizedTest
  @CsvSource({"0, 10", "0.25, 15", "0.5, 20", "0.75, 25", "0.99, 29.8", "1, 30"})
  void quantilesLieBetweenValuesByTheirDistance(double share, double quantile) {
    assertThat(Spread.quantile(new double[] {10, 20, 30}, share)).isEqualTo(quantile);
  }

  @Test
  void thereIsNoneOfNothing() {
    assertThatThrownBy(() -> Spread.of(List.of())).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesWhatIsNoOrder() {
    assertThatThrownBy(() -> new Spread(1, 2, 3, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no spread: 2.0 <= 1.0 <= 3.0 of 3");
    assertThatThrownBy(() -> new Spread(Double.NaN, 0, 1, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
