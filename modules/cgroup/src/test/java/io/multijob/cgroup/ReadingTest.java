package io.multijob.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class ReadingTest {

  @Test
  void takesTheOthersFiguresAway() {
    var later = new Reading(Map.of(Figure.CPU_NANOS, 10L, Figure.OOM_KILLS, 1L));
    var earlier = new Reading(Map.of(Figure.CPU_NANOS, 4L));

    assertThat(later.minus(earlier).figures())
        .isEqualTo(Map.of(Figure.CPU_NANOS, 6L, Figure.OOM_KILLS, 1L));
  }

  @Test
  void neverGoesUnderZero() {
    var reading = new Reading(Map.of(Figure.USER_NANOS, 4L));

    Reading difference = reading.minus(new Reading(Map.of(Figure.USER_NANOS, 5L)));

    assertThat(difference.find(Figure.USER_NANOS)).hasValue(0);
  }

  @Test
  void replacesOneFigure() {
    var reading = new Reading(Map.of(Figure.PEAK_BYTES, 4L, Figure.CPU_NANOS, 3L));

    assertThat(reading.with(Figure.PEAK_BYTES, 5).figures())
        .isEqualTo(Map.of(Figure.PEAK_BYTES, 5L, Figure.CPU_NANOS, 3L));
  }

  @Test
  void tellsUnknownFromZero() {
    assertThat(Reading.NOTHING.find(Figure.CPU_NANOS)).isEmpty();
    assertThat(Reading.NOTHING.orZero(Figure.CPU_NANOS)).isZero();
  }
}
