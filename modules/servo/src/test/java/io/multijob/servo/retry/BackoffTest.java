package io.multijob.servo.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BackoffTest {
  private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));

  @ParameterizedTest
  @CsvSource({"1, PT1S", "2, PT2S", "6, PT32S", "7, PT1M", "1000000, PT1M", "2147483647, PT1M"})
  void doublesUpToTheLongest(int failures, Duration ceiling) {
    assertThat(BACKOFF.ceiling(failures)).isEqualTo(ceiling);
  }

  @Test
  void pausesAnywhereBetweenNothingAndTheCeiling() {
    Random random = new Random(1);

    double[] pauses =
        IntStream.range(0, 10_000)
            .mapToDouble(i -> BACKOFF.pause(3, random).toMillis() / 1e3)
            .toArray();

    assertThat(Arrays.stream(pauses)).allMatch(pause -> pause >= 0 && pause <= 4);
    assertThat(IntStream.range(0, 4))
        .allSatisfy(second -> assertThat(share(pauses, second)).isBetween(0.22, 0.28));
  }

  @Test
  void refusesWhatIsNoBackoff() {
    assertThatThrownBy(() -> new Backoff(Duration.ZERO, Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static double share(double[] pauses, int second) {
    long within = 0;
    for (double pause : pauses) {
      if (pause >= second && pause < second + 1) {
        within++;
      }
    }
    return (double) within / pauses.length;
  }
}
