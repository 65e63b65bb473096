package io.multijob.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FiguresTest {

  @Test
  void givesQuantities() {
    var values = new EnumMap<Figure, Long>(Figure.class);
    long count = 1_000_000_000;
    for (Figure figure : Figure.values()) {
      values.put(figure, count);
      count++;
    }

    var figures = new Figures(values);

    assertThat(figures.cpuTime()).hasValue(Duration.ofSeconds(1, 0));
    assertThat(figures.peakMemory()).hasValue(new Memory(1_000_000_001));
    assertThat(figures.userTime()).hasValue(Duration.ofSeconds(1, 2));
    assertThat(figures.systemTime()).hasValue(Duration.ofSeconds(1, 3));
    assertThat(figures.throttledTime()).hasValue(Duration.ofSeconds(1, 4));
    assertThat(figures.oomKills()).hasValue(1_000_000_005);
    assertThat(figures.started()).hasValue(Instant.ofEpochSecond(1, 6));
    assertThat(figures.finished()).hasValue(Instant.ofEpochSecond(1, 7));
    assertThat(figures.podmonCpuTime()).hasValue(Duration.ofSeconds(1, 8));
    assertThat(figures.podmonMemory()).hasValue(new Memory(1_000_000_009));
  }

  @Test
  void saysNothingOfWhatWasNotCounted() {
    Figures none = Figures.NONE;

    assertThat(none.cpuTime()).isEmpty();
    assertThat(none.peakMemory()).isEmpty();
    assertThat(none.oomKills()).isEmpty();
    assertThat(none.started()).isEmpty();
  }

  @Test
  void refusesNonsense() {
    assertThatThrownBy(() -> new Figures(Map.of(Figure.CPU_TIME, -1L)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("cpu_time should be from 0 to 9223372036854775807: -1");
    assertThatThrownBy(() -> new Figures(Map.of(Figure.OOM_KILLS, 1L << 31)))
        .hasMessage("oom_kills should be from 0 to 2147483647: 2147483648");
    assertThatThrownBy(() -> new Figures(Map.of(Figure.STARTED, 2L, Figure.FINISHED, 1L)))
        .hasMessage("finished_ns is before started_ns");
  }
}
