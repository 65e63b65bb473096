package io.multijob.podmon;

import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.cgroup.Figure;
import io.multijob.cgroup.Group;
import io.multijob.cgroup.Hierarchy;
import io.multijob.cgroup.Reading;
import io.multijob.podmon.Container.Arrival;
import io.multijob.podmon.PodReport.ContainerReport;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class LedgerTest {
  private static final Instant START = Instant.parse("2026-11-22T00:00:00Z");
  private static final Group GROUP = new Group(Map.of(Hierarchy.UNIFIED, "/pod/a"));

  @Test
  void takesTheContainersOwnPeakWhereTheyDidNotOverlap() {
    Reading used = ledger(500, ran(0, 10, 64), ran(10, 20, 32)).used();

    assertThat(used.find(Figure.PEAK_BYTES)).hasValue(64);
  }

  @Test
  void addsThePeaksOfContainersThatRanTogether() {
    Reading used = ledger(500, ran(0, 10, 64), ran(5, 20, 32), ran(30, 40, 70)).used();

    assertThat(used.find(Figure.PEAK_BYTES)).hasValue(96);
  }

  @Test
  void neverExceedsThePodsPeak() {
    Reading used = ledger(80, ran(0, 10, 64), ran(5, 20, 32)).used();

    assertThat(used.find(Figure.PEAK_BYTES)).hasValue(80);
  }

  @Test
  void countsAContainerThatEndedWithinOneTickOfTheClock() {
    Reading used = ledger(500, ran(5, 5, 64)).used();

    assertThat(used.find(Figure.PEAK_BYTES)).hasValue(64);
  }

  @Test
  void takesThePodsPeakWhereAContainersIsUnknown() {
    var unknown = new ContainerReport(container(0, 10), Reading.NOTHING);

    Reading used = ledger(500, ran(0, 10, 64), unknown).used();

    assertThat(used.find(Figure.PEAK_BYTES)).hasValue(500);
  }

  @Test
  void countsAKillOnceWhereTheKernelTellsItTwice() {
    var atStart = new PodReading(new Reading(Map.of(Figure.OOM_KILLS, 1L)), Reading.NOTHING);
    var latest = new PodReading(new Reading(Map.of(Figure.OOM_KILLS, 2L)), Reading.NOTHING);
    var report = new ContainerReport(container(0, 1), new Reading(Map.of(Figure.OOM_KILLS, 1L)));

    Reading used = new Ledger(atStart, latest, List.of(report)).used();

    assertThat(used.find(Figure.OOM_KILLS)).hasValue(1);
  }

  @Test
  void addsTheKillsOfContainersWhereThePodDoesNotCountThem() {
    var pod = new PodReading(new Reading(Map.of(Figure.OOM_KILLS, 0L)), Reading.NOTHING);
    var report = new ContainerReport(container(0, 1), new Reading(Map.of(Figure.OOM_KILLS, 1L)));

    Reading used = new Ledger(pod, pod, List.of(report, report)).used();

    assertThat(used.find(Figure.OOM_KILLS)).hasValue(2);
  }

  @Test
  void leavesOutWhatNobodyKnows() {
    Reading used = new Ledger(PodReading.NOTHING, PodReading.NOTHING, List.of()).used();

    assertThat(used).isEqualTo(Reading.NOTHING);
  }

  private static Ledger ledger(long podPeak, ContainerReport... reports) {
    var latest = new PodReading(new Reading(Map.of(Figure.PEAK_BYTES, podPeak)), Reading.NOTHING);
    return new Ledger(PodReading.NOTHING, latest, List.of(reports));
  }

  private static ContainerReport ran(long from, long to, long peak) {
    return new ContainerReport(container(from, to), new Reading(Map.of(Figure.PEAK_BYTES, peak)));
  }

  private static Container container(long from, long to) {
    var phase = new Phase.Ended(START.plusSeconds(from), START.plusSeconds(to), Reading.NOTHING);
    return new Container("id", GROUP, Arrival.SEEN, Reading.NOTHING, phase);
  }
}
