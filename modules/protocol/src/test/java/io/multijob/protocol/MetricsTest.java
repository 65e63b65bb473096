package io.multijob.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MetricsTest {

  @Test
  void convertsQuantitiesToTheUnitOfTheWire() {
    Metrics metrics =
        Metrics.NONE
            .with(Metric.CPU_TIME, Duration.ofSeconds(86_400, 1))
            .with(Metric.MAX_MEMORY, new Memory(1_500));

    assertThat(metrics.get(Metric.CPU_TIME)).hasValue(86_400.000000001);
    assertThat(metrics.get(Metric.MAX_MEMORY)).hasValue(1_500);
    assertThat(metrics.get(Metric.PERF)).isEmpty();
  }

  @Test
  void aMetricReplacesItsFormerValue() {
    Metrics metrics = Metrics.NONE.with(Metric.PERF, 1).with(Metric.PERF, 2);

    assertThat(metrics).isEqualTo(new Metrics(Map.of(Metric.PERF, 2.0)));
  }

  @Test
  void refusesAQuantityThatTheMetricIsNotIn() {
    assertThatThrownBy(() -> Metrics.NONE.with(Metric.MAX_MEMORY, Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("max_memory is in bytes, not in s");
    assertThatThrownBy(() -> Metrics.NONE.with(Metric.PERF, Memory.ZERO))
        .hasMessage("perf is in 1/s, not in bytes");
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, -Double.MIN_VALUE, Double.NaN, Double.POSITIVE_INFINITY})
  void refusesWhatIsNoAmount(double value) {
    assertThatThrownBy(() -> Metrics.NONE.with(Metric.DURATION, value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("duration should be finite and not negative: " + value);
  }
}
