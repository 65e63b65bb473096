package io.multijob.podmon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.cgroup.Figure;
import io.multijob.cgroup.Group;
import io.multijob.cgroup.Hierarchy;
import io.multijob.cgroup.Reading;
import io.multijob.podmon.Container.Arrival;
import io.multijob.podmon.PodReport.ContainerReport;
import io.multijob.podmon.PodReport.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PodReportJsonTest {
  private static final Path GOLDEN = Path.of("../protocol/src/test/resources/golden/podmon");
  private static final String POD = "5d3f7a52-1c39-4f8e-8f4e-6c8f6a6f7b21";
  private static final Instant START = Instant.parse("2026-11-22T00:00:00Z");

  @Test
  void writesAFullReport() throws IOException {
    Instant started = Instant.ofEpochSecond(1_795_348_800, 123_456_789);
    Instant finished = Instant.ofEpochSecond(1_795_348_802, 468_456_789);
    var container =
        ended(
            "4f1d2c9be07a",
            started,
            finished,
            Map.of(
                Figure.CPU_NANOS, 1_001_000_000L,
                Figure.PEAK_BYTES, 66_060_288L,
                Figure.THROTTLED_NANOS, 120_000_000L,
                Figure.OOM_KILLS, 0L));
    var report =
        new PodReport(
            "0f6b3c1e-58a1-4d0a-9c53-3f1c6b1f5a10",
            new Reading(
                Map.of(
                    Figure.CPU_NANOS, 1_003_214_567L,
                    Figure.PEAK_BYTES, 67_108_864L,
                    Figure.USER_NANOS, 950_000_000L,
                    Figure.SYSTEM_NANOS, 53_214_567L,
                    Figure.THROTTLED_NANOS, 120_000_000L,
                    Figure.OOM_KILLS, 0L)),
            new Reading(Map.of(Figure.CPU_NANOS, 2_100_000L, Figure.PEAK_BYTES, 1_363_148L)),
            Source.CGROUP_V2,
            false,
            List.of(container));

    assertThat(PodReportJson.write(report)).isEqualTo(golden("full"));
  }

  @Test
  void writesAContainerThatStillRunsWithoutItsEnd() throws IOException {
    Instant started = Instant.ofEpochSecond(1_795_348_800);
    var first =
        ended(
            "aa01",
            started,
            started.plusMillis(100),
            Map.of(
                Figure.CPU_NANOS, 60_000_000L,
                Figure.PEAK_BYTES, 2_097_152L,
                Figure.THROTTLED_NANOS, 0L,
                Figure.OOM_KILLS, 1L));
    var second =
        new ContainerReport(
            container("bb02", new Phase.Running(started.plusMillis(10))),
            new Reading(Map.of(Figure.CPU_NANOS, 40_000_000L, Figure.PEAK_BYTES, 1_048_576L)));
    var report =
        new PodReport(
            POD,
            new Reading(
                Map.of(
                    Figure.CPU_NANOS, 100_000_000L,
                    Figure.PEAK_BYTES, 4_194_304L,
                    Figure.USER_NANOS, 80_000_000L,
                    Figure.SYSTEM_NANOS, 20_000_000L,
                    Figure.THROTTLED_NANOS, 0L,
                    Figure.OOM_KILLS, 1L)),
            new Reading(Map.of(Figure.CPU_NANOS, 0L, Figure.PEAK_BYTES, 0L)),
            Source.CGROUP_V1,
            false,
            List.of(first, second));

    assertThat(PodReportJson.write(report)).isEqualTo(golden("two-containers"));
  }

  @Test
  void leavesOutWhatCouldNotBeRead() throws IOException {
    var report =
        new PodReport(POD, Reading.NOTHING, Reading.NOTHING, Source.CGROUP_V1, false, List.of());

    assertThat(PodReportJson.write(report)).isEqualTo(golden("nothing-read"));
  }

  @Test
  void leavesOutMemoryWhereNoneIsCounted() throws IOException {
    Instant started = Instant.ofEpochSecond(1_795_348_800);
    var container =
        ended("aa01", started, started.plusMillis(100), Map.of(Figure.CPU_NANOS, 60_000_000L));
    var report =
        new PodReport(
            POD,
            new Reading(
                Map.of(
                    Figure.CPU_NANOS, 100_000_000L,
                    Figure.USER_NANOS, 80_000_000L,
                    Figure.SYSTEM_NANOS, 20_000_000L)),
            new Reading(Map.of(Figure.CPU_NANOS, 1_500_000L)),
            Source.CGROUP_V2,
            false,
            List.of(container));

    assertThat(PodReportJson.write(report)).isEqualTo(golden("no-memory"));
  }

  @Test
  void saysThatAPeakWasSampled() throws IOException {
    var report =
        new PodReport(
            POD,
            new Reading(Map.of(Figure.CPU_NANOS, 100_000_000L, Figure.PEAK_BYTES, 4_194_304L)),
            new Reading(Map.of(Figure.CPU_NANOS, 1_500_000L, Figure.PEAK_BYTES, 1_363_148L)),
            Source.CGROUP_V2,
            true,
            List.of());

    assertThat(PodReportJson.write(report)).isEqualTo(golden("sampled-peak"));
  }

  @Test
  void saysHowManyContainersItLeftOut() throws IOException {
    var first =
        new ContainerReport(
            container("aa01", new Phase.Made(START)),
            new Reading(Map.of(Figure.CPU_NANOS, 60_000_000L)));
    var tooLong =
        new ContainerReport(container("b".repeat(3_000), new Phase.Made(START)), Reading.NOTHING);
    var containers = new ArrayList<>(List.of(first));
    containers.addAll(Collections.nCopies(12, tooLong));
    var report =
        new PodReport(
            POD,
            new Reading(Map.of(Figure.CPU_NANOS, 100_000_000L, Figure.PEAK_BYTES, 4_194_304L)),
            Reading.NOTHING,
            Source.CGROUP_V1,
            false,
            containers);

    assertThat(PodReportJson.write(report)).isEqualTo(golden("left-out"));
  }

  @Test
  void saysWhyThereAreNoFigures() {
    assertThat(PodReportJson.writeFailure("uid", "no \"group\"\n of pod"))
        .isEqualTo("{\"id\":\"uid\",\"error\":\"no \\\"group\\\"\\u000a of pod\"}");
    assertThat(PodReportJson.writeFailure("", "x".repeat(10_000)))
        .isEqualTo("{\"error\":\"" + "x".repeat(500) + "\"}");
  }

  @Test
  void keepsToThreeKibibytesAndSaysHowManyContainersItLeftOut() {
    List<ContainerReport> containers =
        IntStream.range(0, 40)
            .mapToObj(number ->
                ended(
                    Integer.toString(100 + number).repeat(20),
                    START.plusSeconds(number),
                    START.plusSeconds(number + 1),
                    Map.of(Figure.CPU_NANOS, 1L, Figure.PEAK_BYTES, 1L)))
            .toList();
    var report =
        new PodReport("uid", Reading.NOTHING, Reading.NOTHING, Source.CGROUP_V2, false, containers);

    String line = PodReportJson.write(report);

    int kept = line.split("finished_ns", -1).length - 2;
    assertThat(line.getBytes(UTF_8)).hasSizeBetween(2_800, 3_072);
    assertThat(line).contains("\"containers_left_out\":" + (40 - kept)).contains("100100");
    assertThat(line.lines()).hasSize(1);
  }

  private static ContainerReport ended(
      String id, Instant started, Instant finished, Map<Figure, Long> used) {
    var reading = new Reading(used);
    return new ContainerReport(container(id, new Phase.Ended(started, finished, reading)), reading);
  }

  private static Container container(String id, Phase phase) {
    var group = new Group(Map.of(Hierarchy.UNIFIED, "/pod/" + id));
    return new Container(id, group, Arrival.SEEN, Reading.NOTHING, phase);
  }

  private static String golden(String name) throws IOException {
    return Files.readString(GOLDEN.resolve(name + ".json")).strip();
  }
}
