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
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class LedgerTest {
  private static final Instant START = Instant.parse("2026-11-22T00:00:00Z");
  private static final Reading NONE = Reading.NOTHING;
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
    var unknown = ended(0, 10, Reading.NOTHING);

    Reading used = ledger(500, ran(0, 10, 64), unknown).used();

    assertThat(used.find(Figure.PEAK_BYTES)).hasValue(500);
  }

  @Test
  void takesTheHigherLowerBoundWhereAPeakIsOnlyThatOfALook() {
    var atStart = new PodReading(peak(60), peak(50));
    var latest = new PodReading(peak(150), peak(50));

    assertThat(peakOf(atStart, latest, lookedAt(0, 10, peak(64)))).isEqualTo(98);
    assertThat(peakOf(atStart, latest, lookedAt(0, 10, peak(120)))).isEqualTo(120);
    assertThat(peakOf(atStart, latest, lookedAt(0, 10, peak(64)), ran(0, 10, 64))).isEqualTo(128);
  }

  @Test
  void takesNoPeakOfThePodFromBeforePodmonCame() {
    var pod = new PodReading(peak(150), peak(50));

    assertThat(peakOf(pod, pod, lookedAt(0, 10, peak(64)))).isEqualTo(64);
  }

  @Test
  void saysOfNoKillOnlyWhereTheLastWordIsKnown() {
    var none = new Reading(Map.of(Figure.OOM_KILLS, 0L));
    var one = new Reading(Map.of(Figure.OOM_KILLS, 1L));
    var pod = new PodReading(none, Reading.NOTHING);

    assertThat(kills(pod, ended(0, 1, none))).hasValue(0);
    assertThat(kills(pod, lookedAt(0, 1, none))).isEmpty();
    assertThat(kills(pod, lookedAt(0, 1, one))).hasValue(1);
  }

  private static OptionalLong kills(PodReading pod, ContainerReport report) {
    return new Ledger(pod, pod, List.of(report), NONE).used().find(Figure.OOM_KILLS);
  }

  private static long peakOf(PodReading atStart, PodReading latest, ContainerReport... reports) {
    return new Ledger(atStart, latest, List.of(reports), peak(2)).used().orZero(Figure.PEAK_BYTES);
  }

  private static Reading peak(long bytes) {
    return new Reading(Map.of(Figure.PEAK_BYTES, bytes));
  }

  @Test
  void countsAKillOnceWhereTheKernelTellsItTwice() {
    var atStart = new PodReading(new Reading(Map.of(Figure.OOM_KILLS, 1L)), Reading.NOTHING);
    var latest = new PodReading(new Reading(Map.of(Figure.OOM_KILLS, 2L)), Reading.NOTHING);
    var report = ended(0, 1, new Reading(Map.of(Figure.OOM_KILLS, 1L)));

    Reading used = new Ledger(atStart, latest, List.of(report), NONE).used();

    assertThat(used.find(Figure.OOM_KILLS)).hasValue(1);
  }

  @Test
  void addsTheKillsOfContainersWhereThePodDoesNotCountThem() {
    var pod = new PodReading(new Reading(Map.of(Figure.OOM_KILLS, 0L)), Reading.NOTHING);
    var report = ended(0, 1, new Reading(Map.of(Figure.OOM_KILLS, 1L)));

    Reading used = new Ledger(pod, pod, List.of(report, report), NONE).used();

    assertThat(used.find(Figure.OOM_KILLS)).hasValue(2);
  }

  @Test
  void leavesOutWhatNobodyKnows() {
    Reading used = new Ledger(PodReading.NOTHING, PodReading.NOTHING, List.of(), NONE).used();

    assertThat(used).isEqualTo(Reading.NOTHING);
  }

  private static Ledger ledger(long podPeak, ContainerReport... reports) {
    var latest = new PodReading(new Reading(Map.of(Figure.PEAK_BYTES, podPeak)), Reading.NOTHING);
    return new Ledger(PodReading.NOTHING, latest, List.of(reports), NONE);
  }

  private static ContainerReport ran(long from, long to, long peak) {
    return ended(from, to, new Reading(Map.of(Figure.PEAK_BYTES, peak)));
  }

  private static ContainerReport ended(long from, long to, Reading used) {
    var phase = new Phase.Ended(START.plusSeconds(from), START.plusSeconds(to), used);
    return new ContainerReport(
        new Container("id", GROUP, Arrival.SEEN, Reading.NOTHING, phase), used);
  }

  /// One whose group went before its end could be read.
  private static ContainerReport lookedAt(long from, long to, Reading look) {
    return new ContainerReport(ended(from, to, Reading.NOTHING).container(), look);
  }
}
