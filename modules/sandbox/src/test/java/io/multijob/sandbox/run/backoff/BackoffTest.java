package io.multijob.sandbox.run.backoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BackoffTest {
  private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(10), Duration.ofMinutes(5));

  @ParameterizedTest
  @CsvSource({"0,0", "1,10", "2,20", "3,40", "5,160", "6,300", "1000,300"})
  void doublesUpToTheMost(int failures, int seconds) {
    assertThat(BACKOFF.afterFailures(failures)).isEqualTo(Duration.ofSeconds(seconds));
  }

  @Test
  void refusesAFirstPauseOverTheMost() {
    assertThatThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected 0 <= first <= most, found PT2S and PT1S");
  }
}
