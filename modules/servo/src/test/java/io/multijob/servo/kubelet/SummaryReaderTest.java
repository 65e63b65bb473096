package io.multijob.servo.kubelet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multijob.protocol.Figure;
import io.multijob.protocol.Figures;
import io.multijob.servo.stats.Sample;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

/// `summary.json` is what a kubelet 1.37 gave, of three pods.
final class SummaryReaderTest {
  private static final String NOTERM = "bcdbc02a-360a-4092-a9a5-07f561115b66";
  private static final String PAUSE = "39204fe3-cdb3-47dd-9173-c781ee53f495";
  private static final String YOUNG = "0f4e6f0e-0000-4000-8000-000000000001";

  @Test
  void takesThePodsOwnFiguresWithoutTheMonitors() throws Exception {
    Map<String, Sample> samples = read(Set.of(NOTERM, PAUSE));

    assertThat(samples)
        .containsOnly(
            Map.entry(
                NOTERM, sample("2026-11-25T20:56:08Z", 4_271_238_476L, 30_431_255L, 1_572_864L)),
            Map.entry(
                PAUSE, sample("2026-11-25T20:56:09Z", 4_762_663_568L, 11_640_861L, 1_425_408L)));
  }

  @Test
  void aPodAtWhichTheKubeletHasNotLookedYetHasNoSample() throws Exception {
    assertThat(read(Set.of(YOUNG))).isEmpty();
  }

  @Test
  void noOtherPodIsTaken() throws Exception {
    assertThat(read(Set.of("unknown"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"pods\":null}",
        "{\"pods\":[{\"podRef\":{\"uid\":\"u1\"}}]}",
        "{\"pods\":[{\"podRef\":{\"uid\":\"u1\"},\"cpu\":{\"usageCoreNanoSeconds\":5}}]}",
        "{\"pods\":[{\"podRef\":{\"uid\":\"u1\"},\"cpu\":{\"time\":\"soon\",\"usageCoreNanoSeconds\":5}}]}",
        "{\"pods\":[{\"podRef\":{\"uid\":\"u1\"},\"cpu\":{\"time\":\"2026-11-25T20:56:08Z\",\"usageCoreNanoSeconds\":-5}}]}",
        "{\"pods\":[{\"podRef\":{\"uid\":\"u1\"},\"cpu\":{\"time\":\"2026-11-25T20:56:08Z\",\"usageCoreNanoSeconds\":18446744073709551615}}]}",
      })
  void whatLacksSomethingIsNoSample(String summary) {
    assertThat(SummaryReader.read(stream(summary), Set.of("u1"))).isEmpty();
  }

  @Test
  void theWorkingSetStandsInForTheUsage() {
    String summary =
        """
        {"pods":[{"podRef":{"uid":"u1"},"cpu":{"time":"2026-11-25T20:56:08Z",\
        "usageCoreNanoSeconds":5},"memory":{"workingSetBytes":7}}]}\
        """;

    assertThat(SummaryReader.read(stream(summary), Set.of("u1")))
        .containsOnly(Map.entry("u1", sample("2026-11-25T20:56:08Z", 5, 0, 7)));
  }

  @Test
  void anotherAnswerIsNoSummary() {
    assertThatThrownBy(() -> SummaryReader.read(stream("<html>"), Set.of("u1")))
        .isInstanceOf(JacksonException.class);
  }

  private static Map<String, Sample> read(Set<String> uids) throws Exception {
    try (InputStream summary =
        Objects.requireNonNull(
            SummaryReaderTest.class.getResourceAsStream("/kubelet/summary.json"))) {
      return SummaryReader.read(summary, uids);
    }
  }

  private static Sample sample(String at, long cpu, long monitor, long memory) {
    return new Sample(
        Instant.parse(at),
        new Figures(
            Map.of(Figure.CPU_TIME, cpu, Figure.PODMON_CPU, monitor, Figure.MAX_USAGE, memory)));
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }
}
