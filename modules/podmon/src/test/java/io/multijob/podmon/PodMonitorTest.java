package io.multijob.podmon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multijob.cgroup.CgroupFormatException;
import io.multijob.cgroup.Figure;
import io.multijob.podmon.PodReport.Source;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class PodMonitorTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final long MEBIBYTE = 1L << 20;

  @Test
  void measuresAContainerFromItsFirstProcessToItsLast() throws Exception {
    FakeKernel kernel = FakeKernel.v2();
    PodMonitor monitor = started(kernel);
    happens(kernel, monitor, 5, () -> kernel.make("job"));
    happens(kernel, monitor, 3, () -> kernel.enter("job"));
    kernel.use("job", 100, 64 * MEBIBYTE);
    kernel.use("", 100, 64 * MEBIBYTE);

    happens(kernel, monitor, 2345, () -> kernel.leave("job"));

    assertThat(PodReportJson.write(monitor.report("uid", Beginning.OURS)))
        .isEqualTo(
            """
            {"id":"uid","stats":{"cpu_time":100000000,"max_usage":67108864,\
            "started_ns":1795305600008000000,"finished_ns":1795305602353000000,\
            "source":"cgroup-v2","podmon_cpu_ns":0,"podmon_bytes":0,"containers":[{"id":"job",\
            "started_ns":1795305600008000000,"finished_ns":1795305602353000000,\
            "cpu_time":100000000,"max_usage":67108864}]}}\
            """);
  }

  @Test
  void takesOutWhatPodmonAndInitContainersHaveUsed() throws Exception {
    FakeKernel kernel = FakeKernel.v2();
    kernel.use("", 730, 0);
    kernel.use(FakeKernel.OWN, 200, 0);
    PodMonitor monitor = started(kernel);
    kernel.use(FakeKernel.OWN, 250, 0);
    kernel.use("", 730 + 50 + 100, 0);
    run(kernel, monitor, "job");

    PodReport report = monitor.report("uid", Beginning.OURS);

    assertThat(report.used().find(Figure.CPU_NANOS)).hasValue(100_000_000);
    assertThat(report.podmon().find(Figure.CPU_NANOS)).hasValue(250_000_000);
  }

  @Test
  void readsThePodAtTheLastEndAndNotLater() throws Exception {
    FakeKernel kernel = FakeKernel.v2();
    PodMonitor monitor = started(kernel);
    kernel.use("", 100, 0);
    run(kernel, monitor, "job");

    kernel.use("", 900, 0);

    assertThat(monitor.report("uid", Beginning.OURS).used().find(Figure.CPU_NANOS))
        .hasValue(100_000_000);
  }

  @Test
  void readsTheFiguresBeforeTheGroupGoes() throws Exception {
    FakeKernel kernel = FakeKernel.v1();
    PodMonitor monitor = started(kernel);
    happens(kernel, monitor, 0, () -> kernel.make("job"));
    happens(kernel, monitor, 10, () -> kernel.enter("job"));
    kernel.use("job", 100, MEBIBYTE);
    kernel.use("", 100, 2 * MEBIBYTE);
    kernel.killForMemory("job", 1);
    happens(kernel, monitor, 100, () -> kernel.leave("job"));

    happens(kernel, monitor, 10, () -> kernel.remove("job"));

    PodReport report = monitor.report("uid", Beginning.OURS);
    assertThat(report.used().find(Figure.OOM_KILLS)).hasValue(1);
    assertThat(report.used().find(Figure.PEAK_BYTES)).hasValue(MEBIBYTE);
    assertThat(report.source()).isEqualTo(Source.CGROUP_V1);
  }

  @Test
  void takesTheMiddleOfTwoLooksForAnEndThatIsNotTold() throws Exception {
    FakeKernel kernel = FakeKernel.v1();
    PodMonitor monitor = started(kernel);
    happens(kernel, monitor, 0, () -> kernel.make("job"));
    happens(kernel, monitor, 10, () -> kernel.enter("job"));

    happens(kernel, monitor, 10, () -> kernel.leave("job"));

    assertThat(kernel.asked()).isEqualTo(Duration.ofMillis(10));
    assertThat(onlyPhase(monitor))
        .isEqualTo(ended(FakeKernel.START, FakeKernel.START.plusMillis(15), monitor));
  }

  @Test
  void aStartThatIsToldLateIsAtMostATickAfterTheDirectorysOwnTime() throws Exception {
    FakeKernel kernel = FakeKernel.v1();
    PodMonitor monitor = started(kernel);
    kernel.make("job");
    kernel.enter("job");
    kernel.pass(Duration.ofMillis(50));

    happens(kernel, monitor, 0, () -> {});

    assertThat(monitor.report("uid", Beginning.OURS).containers())
        .extracting(each -> each.container().phase())
        .containsExactly(new Phase.Running(FakeKernel.START.plusMillis(4)));
  }

  @Test
  void pollsOnlyWhileAContainerIsThereWhoseEndIsNotTold() throws Exception {
    FakeKernel kernel = FakeKernel.v1();
    PodMonitor monitor = started(kernel);

    happens(kernel, monitor, 1, () -> {});
    assertThat(kernel.asked()).isEqualTo(HOUR);

    run(kernel, monitor, "job");
    happens(kernel, monitor, 1, () -> {});
    assertThat(kernel.asked()).isEqualTo(HOUR);
  }

  @Test
  void looksEverLessOftenWhereTheKernelTells() throws Exception {
    FakeKernel kernel = FakeKernel.v2();
    PodMonitor monitor = started(kernel);
    happens(kernel, monitor, 1, () -> kernel.make("job"));

    assertThat(afterANews(kernel, monitor)).isEqualTo(HOUR);
    happens(kernel, monitor, 1, () -> kernel.enter("job"));
    assertThat(afterANews(kernel, monitor)).isEqualTo(Duration.ofMillis(100));
    happens(kernel, monitor, 60_000, () -> {});
    assertThat(afterANews(kernel, monitor)).isBetween(Duration.ofSeconds(3), Duration.ofSeconds(4));
    happens(kernel, monitor, 3_600_000, () -> {});
    assertThat(afterANews(kernel, monitor)).isEqualTo(Duration.ofSeconds(10));
    happens(kernel, monitor, 1, () -> kernel.leave("job"));
    assertThat(afterANews(kernel, monitor)).isEqualTo(HOUR);
  }

  @Test
  void tellsOfTheLastLookAtAContainerWhoseGroupWentTooSoon() throws Exception {
    FakeKernel kernel = FakeKernel.v1();
    PodMonitor monitor = started(kernel);
    kernel.use(FakeKernel.OWN, 40, 24 * MEBIBYTE);
    happens(kernel, monitor, 10, () -> kernel.make("job"));
    happens(kernel, monitor, 10, () -> kernel.enter("job"));
    kernel.use("job", 90, 30 * MEBIBYTE);
    happens(kernel, monitor, 1_000, () -> {});
    kernel.use("", 140, 56 * MEBIBYTE);

    happens(
        kernel,
        monitor,
        20,
        () -> {
          kernel.leave("job");
          kernel.remove("job");
        });

    PodReport report = monitor.report("uid", Beginning.OURS);
    assertThat(report.used().find(Figure.CPU_NANOS)).hasValue(100_000_000);
    assertThat(report.used().find(Figure.PEAK_BYTES)).hasValue(32 * MEBIBYTE);
    assertThat(report.peakSampled()).isTrue();
    assertThat(report.containers().getFirst().used().find(Figure.CPU_NANOS)).hasValue(90_000_000);
  }

  @Test
  void doesNotSayThatNothingWasKilledInAContainerWhoseGroupWentTooSoon() throws Exception {
    FakeKernel kernel = FakeKernel.v2();
    PodMonitor monitor = started(kernel);
    happens(kernel, monitor, 10, () -> kernel.make("job"));
    kernel.killForMemory("job", 0);
    kernel.killForMemory("", 0);
    happens(kernel, monitor, 10, () -> kernel.enter("job"));

    happens(
        kernel,
        monitor,
        1_000,
        () -> {
          kernel.killForMemory("", 1);
          kernel.leave("job");
          kernel.remove("job");
        });

    PodReport report = monitor.report("uid", Beginning.OURS);
    assertThat(report.containers().getFirst().used().find(Figure.OOM_KILLS)).isEmpty();
    assertThat(report.used().find(Figure.OOM_KILLS)).hasValue(1);
  }

  @Test
  void seesAContainerThatWasFasterThanTheNews() throws Exception {
    FakeKernel kernel = FakeKernel.v2();
    PodMonitor monitor = started(kernel);

    happens(
        kernel,
        monitor,
        4,
        () -> {
          kernel.make("job");
          kernel.remove("job");
        });

    Instant then = FakeKernel.START.plusMillis(4);
    assertThat(onlyPhase(monitor)).isEqualTo(ended(then, then, monitor));
  }

  @Test
  void measuresBySearchingWhereNothingIsTold() throws Exception {
    FakeKernel kernel = FakeKernel.v2();
    kernel.goBlind();
    PodMonitor monitor = started(kernel);
    happens(kernel, monitor, 10, () -> kernel.make("job"));
    happens(kernel, monitor, 10, () -> kernel.enter("job"));

    happens(kernel, monitor, 10, () -> kernel.leave("job"));

    Instant start = FakeKernel.START;
    assertThat(onlyPhase(monitor))
        .isEqualTo(ended(start.plusMillis(10), start.plusMillis(25), monitor));
    assertThat(kernel.asked()).isEqualTo(Duration.ofMillis(10));
  }

  @Test
  void looksAtEverythingAfterItHasMissedSomething() throws Exception {
    FakeKernel kernel = FakeKernel.v2();
    PodMonitor monitor = started(kernel);

    happens(
        kernel,
        monitor,
        8,
        () -> {
          kernel.make("job");
          kernel.enter("job");
          kernel.missChanges();
        });

    assertThat(monitor.state().seenRunning()).isTrue();
  }

  @Test
  void givesAFoundContainerThatEndsWhatItHadUsedBefore() throws Exception {
    FakeKernel kernel = FakeKernel.v2();
    kernel.make("pause");
    kernel.use("pause", 20, MEBIBYTE);
    kernel.enter("pause");
    kernel.make("job");
    kernel.use("job", 40, 2 * MEBIBYTE);
    kernel.enter("job");
    kernel.use("", 60, 0);
    PodMonitor monitor = started(kernel);
    kernel.use("job", 100, 2 * MEBIBYTE);
    kernel.use("", 120, 8 * MEBIBYTE);

    happens(kernel, monitor, 1, () -> kernel.leave("job"));

    PodReport report = monitor.report("uid", Beginning.OURS);
    assertThat(report.used().find(Figure.CPU_NANOS)).hasValue(100_000_000);
    assertThat(report.used().find(Figure.PEAK_BYTES)).hasValue(2 * MEBIBYTE);
    assertThat(report.containers())
        .extracting(each -> each.container().id())
        .containsExactly("job");
  }

  @Test
  void countsFromThePodsBeginningForAWorkloadThatWasOverBeforePodmonCame() throws Exception {
    FakeKernel kernel = FakeKernel.v2();
    kernel.make("pause");
    kernel.use("pause", 20, MEBIBYTE);
    kernel.enter("pause");
    kernel.use("", 120, 0);
    PodMonitor monitor = started(kernel);

    PodReport report = monitor.report("uid", Beginning.THE_PODS);

    assertThat(report.used().find(Figure.CPU_NANOS)).hasValue(100_000_000);
    assertThat(monitor.state().usedBefore()).isEqualTo(Duration.ofMillis(100));
  }

  @Test
  void forgetsTheEmptyGroupOfAnInitContainer() throws Exception {
    FakeKernel kernel = FakeKernel.v2();
    kernel.make("init");
    PodMonitor monitor = started(kernel);

    happens(kernel, monitor, 5, () -> kernel.remove("init"));

    assertThat(monitor.report("uid", Beginning.OURS).containers()).isEmpty();
    assertThat(monitor.state().ended()).isZero();
  }

  @Test
  void samplesMemoryWhereTheKernelKeepsNoPeak() throws Exception {
    FakeKernel kernel = FakeKernel.v2();
    kernel.hold("", MEBIBYTE);
    PodMonitor monitor = started(kernel);
    happens(kernel, monitor, 0, () -> kernel.make("job"));
    happens(kernel, monitor, 0, () -> kernel.enter("job"));
    kernel.hold("job", 64 * MEBIBYTE);
    happens(kernel, monitor, 100, () -> {});
    assertThat(kernel.asked()).isEqualTo(Duration.ofMillis(100));
    kernel.hold("job", 2 * MEBIBYTE);
    kernel.hold("", 70 * MEBIBYTE);

    happens(kernel, monitor, 100, () -> kernel.leave("job"));

    PodReport report = monitor.report("uid", Beginning.OURS);
    assertThat(report.used().find(Figure.PEAK_BYTES)).hasValue(64 * MEBIBYTE);
    assertThat(report.peakSampled()).isTrue();
  }

  @Test
  void reportsAContainerThatStillRunsWithoutAnEnd() throws Exception {
    FakeKernel kernel = FakeKernel.v2();
    PodMonitor monitor = started(kernel);
    happens(kernel, monitor, 0, () -> kernel.make("job"));
    happens(kernel, monitor, 1, () -> kernel.enter("job"));
    kernel.use("job", 70, MEBIBYTE);
    kernel.use("", 70, MEBIBYTE);

    PodReport report = monitor.report("uid", Beginning.OURS);

    assertThat(report.used().find(Figure.CPU_NANOS)).hasValue(70_000_000);
    assertThat(report.containers())
        .extracting(each -> each.container().phase())
        .containsExactly(new Phase.Running(FakeKernel.START.plusMillis(1)));
  }

  @Test
  void noticesThatThePodHasGone() throws Exception {
    FakeKernel kernel = FakeKernel.v2();
    PodMonitor monitor = started(kernel);

    happens(kernel, monitor, 1, kernel::removePod);

    assertThat(monitor.state().gone()).isTrue();
  }

  @Test
  void goesOnAfterAFileThatCannotBeUnderstood() throws Exception {
    FakeKernel kernel = FakeKernel.v2();
    PodMonitor monitor = started(kernel);
    happens(kernel, monitor, 0, () -> kernel.make("job"));
    happens(kernel, monitor, 0, () -> kernel.enter("job"));
    kernel.garble("job");
    kernel.leave("job");
    kernel.tell();
    assertThatThrownBy(() -> monitor.pass(HOUR)).isInstanceOf(CgroupFormatException.class);
    kernel.use("job", 5, 0);

    happens(kernel, monitor, 7, () -> kernel.remove("job"));

    assertThat(monitor.state().ended()).isEqualTo(1);
  }

  @Test
  void seesAContainerThatCameWhilePodmonWasStarting() throws Exception {
    FakeKernel kernel = FakeKernel.v2();
    kernel.pass(Duration.ofMillis(80));
    kernel.make("job");
    kernel.enter("job");
    kernel.use("job", 30, MEBIBYTE);
    kernel.use("", 30, MEBIBYTE);
    kernel.pass(Duration.ofMillis(40));
    PodMonitor monitor = started(kernel);
    kernel.use("job", 50, MEBIBYTE);
    kernel.use("", 50, MEBIBYTE);

    PodReport running = monitor.report("uid", Beginning.OURS);

    assertThat(monitor.state().seenRunning()).isTrue();
    assertThat(running.used().find(Figure.CPU_NANOS)).hasValue(50_000_000);
    assertThat(onlyPhase(monitor))
        .isEqualTo(new Phase.Running(FakeKernel.START.plusMillis(82))); // half a tick later
  }

  @Test
  void keepsTheTimeOfAContainerThatComesWhileTheBeginningIsRead() throws Exception {
    FakeKernel kernel = FakeKernel.v2();
    kernel.pass(Duration.ofMillis(80));
    kernel.beforeReadingThePod(() -> {
      kernel.make("job");
      kernel.enter("job");
      kernel.use("job", 5, MEBIBYTE);
      kernel.use("", 5, MEBIBYTE);
    });
    PodMonitor monitor = started(kernel);
    kernel.use("job", 50, MEBIBYTE);
    kernel.use("", 50, MEBIBYTE);

    happens(kernel, monitor, 10, () -> {});

    PodReport report = monitor.report("uid", Beginning.OURS);
    assertThat(report.used().find(Figure.CPU_NANOS)).hasValue(50_000_000);
  }

  @Test
  void leavesTheFiguresOfOneThatWasOverBeforeInThePods() throws Exception {
    FakeKernel kernel = FakeKernel.v2();
    kernel.pass(Duration.ofMillis(80));
    kernel.make("job");
    kernel.use("job", 30, MEBIBYTE);
    kernel.use("", 30, MEBIBYTE);
    kernel.pass(Duration.ofMillis(40));
    PodMonitor monitor = started(kernel);

    happens(kernel, monitor, 10, () -> kernel.remove("job"));

    PodReport report = monitor.report("uid", Beginning.THE_PODS);
    assertThat(report.containers()).isEmpty();
    assertThat(report.used().find(Figure.CPU_NANOS)).hasValue(30_000_000);
  }

  private static PodMonitor started(FakeKernel kernel) {
    var monitor = new PodMonitor(kernel, kernel, kernel.groups());
    monitor.start(kernel.now());
    return monitor;
  }

  private static void run(FakeKernel kernel, PodMonitor monitor, String name) throws Exception {
    happens(kernel, monitor, 10, () -> kernel.make(name));
    happens(kernel, monitor, 10, () -> kernel.enter(name));
    happens(kernel, monitor, 10, () -> kernel.leave(name));
  }

  /// Lets `event` happen `millis` later, and the monitor take it in.
  private static void happens(FakeKernel kernel, PodMonitor monitor, long millis, Runnable event)
      throws InterruptedException {
    kernel.pass(Duration.ofMillis(millis));
    event.run();
    kernel.tell();
    monitor.pass(HOUR);
  }

  /// How long the monitor waits after one more piece of news that is none.
  private static Duration afterANews(FakeKernel kernel, PodMonitor monitor) throws Exception {
    happens(kernel, monitor, 0, () -> {});
    return kernel.asked();
  }

  private static Phase onlyPhase(PodMonitor monitor) {
    var containers = monitor.report("uid", Beginning.OURS).containers();
    assertThat(containers).hasSize(1);
    return containers.getFirst().container().phase();
  }

  private static Phase ended(Instant started, Instant finished, PodMonitor monitor) {
    var used = monitor.report("uid", Beginning.OURS).containers().getFirst().used();
    return new Phase.Ended(started, finished, used);
  }
}
