package io.multijob.optune.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DistributionTest {

  @ParameterizedTest
  @ValueSource(doubles = {0.01, 0.5, 0.95, 0.99, 1})
  void aQuantileIsWithinAQuarterOfAPercentOfTheTruth(double part) {
    double[] values =
        new Random(42).doubles(10_000, -6, 12).map(exponent -> Math.pow(10, exponent)).toArray();
    Distribution distribution = of(values);

    double quantile = distribution.quantile(part);

    Arrays.sort(values);
    double truth = values[(int) Math.ceil(part * values.length) - 1];
    assertThat(quantile).isCloseTo(truth, within(truth * Distribution.RELATIVE_ERROR * 1.0001));
  }

  @Test
  void oneValueIsEveryQuantileExactly() {
    Distribution distribution = of(2.345);

    assertThat(distribution.quantile(0.5)).isEqualTo(2.345);
    assertThat(distribution.quantile(0.95)).isEqualTo(2.345);
  }

  @Test
  void theMedianOfTwoIsTheLesser() {
    assertThat(of(10, 20).quantile(0.5)).isEqualTo(10);
  }

  @Test
  void theSumOfTwoIsThatOfTheirValues() {
    Distribution low = of(0, 1e-9, 0.5);
    Distribution high = of(3, 1e20);

    low.addAll(high);

    assertThat(low.encode()).isEqualTo(of(3, 1e20, 0, 1e-9, 0.5).encode());
    assertThat(low.count()).isEqualTo(5);
    assertThat(low.quantile(1)).isEqualTo(1e20);
    assertThat(low.quantile(0.1)).isZero();
    assertThat(low.quantile(0.4)).isZero();
  }

  @Test
  void isTheSameAfterItWasStored() {
    Distribution distribution = of(new Random(1).doubles(500, 0, 1e9).toArray());

    Distribution read = Distribution.decode(distribution.encode());

    assertThat(read.encode()).isEqualTo(distribution.encode());
    assertThat(read.quantile(0.37)).isEqualTo(distribution.quantile(0.37));
    assertThat(read.sum()).isEqualTo(distribution.sum());
  }

  @Test
  void anEmptyOneCanBeStoredToo() {
    assertThat(Distribution.decode(new Distribution().encode()).count()).isZero();
  }

  @Test
  void refusesBytesThatAreNone() {
    byte[] cutOff = of(1, 2, 3).encode();
    cutOff[cutOff.length - 1] |= (byte) 0x80;

    assertThatThrownBy(() -> Distribution.decode(new byte[] {1, 2, 3}))
        .hasMessage("not a distribution: 3 bytes");
    assertThatThrownBy(() -> Distribution.decode(cutOff))
        .hasMessage("a distribution that was cut off");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesWhatIsNoAmount(double value) {
    assertThatThrownBy(() -> new Distribution().add(value)).hasMessage("not an amount: " + value);
  }

  private static Distribution of(double... values) {
    Distribution distribution = new Distribution();
    for (double value : values) {
      distribution.add(value);
    }
    return distribution;
  }
}
