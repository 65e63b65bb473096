package io.multijob.servo.stats;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.protocol.PodmonReport;
import io.multijob.servo.measurement.Run;
import io.multijob.servo.measurement.RunStats;
import io.multijob.servo.pod.AppIdPath;
import io.multijob.servo.pod.Pod;
import io.multijob.servo.pod.RunEnd;
import io.multijob.servo.pod.RunEnd.RunSpan;
import io.multijob.servo.pod.TreePods;
import io.multijob.servo.stats.StatsTiming.Posts;
import io.multijob.servo.watch.PodJson;
import io.multijob.servo.watch.Scope;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

@Timeout(20)
final class RunTrackerTest {
  private static final Duration DEADLINE = Duration.ofSeconds(30);
  private static final String RUNNING = "{\"running\":{\"startedAt\":\"2026-11-22T10:00:01Z\"}}";
  private static final AppIdPath PATH =
      AppIdPath.parse("metadata/labels/app|spec/containers/0/env/[JOBID]");
  private static final Scope BATCH = new Scope("batch");
  private static final Scope OTHER = new Scope("other");

  private final RecordingSink sink = new RecordingSink();
  private final RecordedHolds holds = new RecordedHolds();
  private final SettableClock clock = new SettableClock(Instant.parse("2026-11-22T10:00:10Z"));

  private Path directory;
  private RunHandover handover;
  private RunTracker tracker;

  @BeforeEach
  void makeTracker(@TempDir Path folder) throws IOException {
    directory = folder;
    handover = new RunHandover(sink, sink, Duration.ofMillis(1));
    tracker = tracker(Set.of(BATCH), Posts.EXPECTED);
    tracker.listing(BATCH);
  }

  @Test
  void b1_reportsPodsThatHadEndedBeforeTheServoCame() throws Exception {
    tracker.seen(completed("p1"));
    tracker.seen(completed("p2"));
    tracker.listed(BATCH);

    assertThat(reported()).containsExactlyInAnyOrder("p1", "p2");
  }

  @Test
  void b1_whatWasReportedBeforeARestartIsNotReportedAgain() throws Exception {
    sink.know("p1");

    tracker.seen(completed("p1"));
    tracker.listed(BATCH);

    assertThat(reported()).isEmpty();
  }

  @Test
  void b2_aPodThatIsFirstSeenWhenItIsDeletedIsAFailedRun() throws Exception {
    tracker.gone(pod(PodJson.pending("p1", "1")));

    Run run = sink.next();
    assertThat(run.end().span()).isEqualTo(new RunSpan.NeverRan());
    assertThat(run.end().cause())
        .isEqualTo(new RunEnd.Cause("Deleted", "its workload never started"));
  }

  @Test
  void b2_theDeletionOfAPodThatIsNotOursIsNothing() throws Exception {
    tracker.gone(pod(PodJson.pending("p1", "1").replace("nightly", "")));

    assertThat(reported()).isEmpty();
  }

  @Test
  void b6_aDeletionBeforeTheReportIsStoredLosesNothing() throws Exception {
    sink.failNext(5);

    tracker.seen(pod(PodJson.running("p1", "1")));
    tracker.seen(completed("p1"));
    tracker.gone(completed("p1"));

    assertThat(sink.next().end().cause().reason()).isEqualTo("Completed");
    assertThat(reported()).containsExactly("p1");
    assertThat(tracker.tracked()).isZero();
  }

  @Test
  void b7_runsThatWaitForStatisticsHoldUpNoOther() throws Exception {
    for (int i = 0; i < 1_000; i++) {
      tracker.seen(
          completedBeside(
              "waiting-" + i, "{\"running\":{\"startedAt\":\"2026-11-22T10:00:01Z\"}}"));
    }
    tracker.seen(completed("p1"));

    assertThat(sink.next().id()).isEqualTo("p1");

    clock.advance(DEADLINE);
    tracker.expire();

    assertThat(reported()).hasSize(1_001);
    assertThat(sink.told()).filteredOn(line -> line.startsWith("overdue")).hasSize(1_000);
  }

  @Test
  void aRunThatWaitsForStatisticsIsKeptOnceMeanwhile() throws Exception {
    String running = "{\"running\":{\"startedAt\":\"2026-11-22T10:00:01Z\"}}";
    tracker.seen(completedBeside("p1", running));
    tracker.seen(completedBeside("p1", running));
    tracker.seen(completedBeside("p2", running));

    assertThat(List.of(sink.nextKept().id(), sink.nextKept().id()))
        .containsExactlyInAnyOrder("p1", "p2");
    assertThat(sink.taken()).isEmpty();
  }

  @Test
  void whatWasKeptIsTakenWhenAllIsListedExceptWhatIsTracked() throws Exception {
    tracker.seen(pod(PodJson.running("p1", "1")));
    tracker.listed(BATCH);

    assertThat(sink.awaitTakingKept("p1", "p2")).containsExactly("p1");
  }

  @Test
  void b11_aFullDiskLosesNoRun() throws Exception {
    sink.failNext(7);

    for (int i = 0; i < 5; i++) {
      tracker.seen(completed("p" + i));
    }

    Set<String> taken = new HashSet<>();
    for (int i = 0; i < 5; i++) {
      taken.add(sink.next().id());
    }
    assertThat(taken).containsExactlyInAnyOrder("p0", "p1", "p2", "p3", "p4");
    assertThat(sink.told())
        .filteredOn(line -> line.equals("not taken: no space left on device"))
        .hasSize(7);
  }

  @Test
  void b12_figuresThatArePostedBeforeTheEndIsSeenAreKept() throws Exception {
    tracker.seen(pod(PodJson.running("p1", "1")));

    assertThat(tracker.posted(figures("p1", 5))).isEqualTo(Posting.STORED);
    tracker.seen(completedBeside("p1", silent()));

    assertThat(sink.next().stats())
        .isEqualTo(new RunStats.Counted(figures("p1", 5), RunStats.Way.POSTED));
  }

  @Test
  void b12_figuresThatArePostedAfterTheEndAreThoseOfTheRunWhenPodmonSaysNoMore() throws Exception {
    tracker.seen(completedBeside("p1", RUNNING));

    assertThat(tracker.posted(figures("p1", 5))).isEqualTo(Posting.STORED);
    tracker.seen(completedBeside("p1", silent()));

    assertThat(sink.next().stats())
        .isEqualTo(new RunStats.Counted(figures("p1", 5), RunStats.Way.POSTED));
  }

  @Test
  void whatTheKubeletVouchesForCountsBeforeWhatWasPostedEarlier() throws Exception {
    tracker.seen(completedBeside("p1", RUNNING));

    assertThat(tracker.posted(figures("p1", 5))).isEqualTo(Posting.STORED);
    tracker.seen(completedBeside("p1", said(figures("p1", 6))));

    assertThat(sink.next().stats())
        .isEqualTo(new RunStats.Counted(figures("p1", 6), RunStats.Way.MESSAGE));
  }

  @Test
  void figuresThatWerePostedAreThoseOfTheRunAtTheDeadline() throws Exception {
    tracker.seen(completedBeside("p1", RUNNING));
    tracker.posted(figures("p1", 5));

    clock.advance(DEADLINE);
    tracker.seen(completedBeside("p1", RUNNING));

    assertThat(sink.next().stats())
        .isEqualTo(new RunStats.Counted(figures("p1", 5), RunStats.Way.POSTED));
  }

  @Test
  void b12_figuresThatArePostedForAPodJustDeletedAreJoinedToItsRun() throws Exception {
    Pod last = completedBeside("p1", "{\"running\":{\"startedAt\":\"2026-11-22T10:00:01Z\"}}");
    tracker.seen(pod(PodJson.running("p1", "1")));
    tracker.gone(last);

    assertThat(tracker.posted(figures("p1", 5))).isEqualTo(Posting.STORED);

    assertThat(sink.next().stats())
        .isEqualTo(new RunStats.Counted(figures("p1", 5), RunStats.Way.POSTED));
    assertThat(reported()).containsExactly("p1");
  }

  @Test
  void b12_figuresThatArePostedTwiceCountOnce() throws Exception {
    tracker.seen(pod(PodJson.running("p1", "1")));
    tracker.posted(figures("p1", 5));
    tracker.posted(figures("p1", 6));
    tracker.seen(completed("p1"));
    Run run = sink.next();

    assertThat(tracker.posted(figures("p1", 7))).isEqualTo(Posting.REPORTED_BEFORE);
    assertThat(run.stats()).isEqualTo(new RunStats.Counted(figures("p1", 6), RunStats.Way.POSTED));
    assertThat(reported()).containsExactly("p1");
  }

  @Test
  void figuresThatWereAcceptedSurviveARestart() throws Exception {
    tracker.seen(pod(PodJson.running("p1", "1")));
    tracker.posted(figures("p1", 5));

    tracker = tracker(Set.of(BATCH), Posts.EXPECTED);
    tracker.listing(BATCH);
    tracker.seen(completed("p1"));

    assertThat(sink.next().stats())
        .isEqualTo(new RunStats.Counted(figures("p1", 5), RunStats.Way.POSTED));
  }

  @Test
  void figuresForAPodThatIsDeletedAndReportedAreAnsweredSensibly() throws Exception {
    tracker.seen(completed("p1"));
    sink.next();
    tracker.gone(completed("p1"));

    assertThat(tracker.posted(figures("p1", 5))).isEqualTo(Posting.REPORTED_BEFORE);
  }

  @Test
  void b32_figuresForAPodThatIsNotOursAreRefusedOnceThatIsKnown() throws Exception {
    assertThat(tracker.posted(figures("p9", 5))).isEqualTo(Posting.NOT_LISTED_YET);

    tracker.listed(BATCH);

    assertThat(tracker.posted(figures("p9", 5))).isEqualTo(Posting.UNKNOWN_POD);
  }

  @Test
  void figuresWaitForAPodThatIsOnItsWayToUs() throws Exception {
    tracker.listed(BATCH);
    FutureTask<Posting> posting = new FutureTask<>(() -> tracker.posted(figures("p1", 5)));
    Thread podmon = Thread.ofVirtual().start(posting);
    while (podmon.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }

    tracker.seen(pod(PodJson.running("p1", "1")));

    assertThat(posting.get()).isEqualTo(Posting.STORED);
  }

  @Test
  void b13_anEvictedPodWithoutStatusesIsAFailedRun() throws Exception {
    tracker.seen(
        pod(
            PodJson.pod(
                "p1", "1", "{\"phase\":\"Failed\",\"reason\":\"Evicted\",\"message\":\"m\"}")));

    assertThat(sink.next().end().cause()).isEqualTo(new RunEnd.Cause("Evicted", "m"));
  }

  @Test
  void b27_aPodThatIsStartedAgainOnFailureIsNotOurs() throws Exception {
    tracker.seen(pod(PodJson.completed("p1", "1").replace("Never", "OnFailure")));

    assertThat(reported()).isEmpty();
  }

  @Test
  void b29_anEndThatIsSeenAgainAndAgainIsReportedOnce() throws Exception {
    for (int i = 0; i < 5; i++) {
      tracker.seen(completed("p1"));
    }
    sink.next();
    tracker.seen(completed("p1"));
    tracker.gone(completed("p1"));
    tracker.gone(completed("p1"));

    assertThat(reported()).containsExactly("p1");
  }

  @Test
  void thePodmonMessageCompletesTheRun() throws Exception {
    tracker.seen(completedBeside("p1", "{\"running\":{\"startedAt\":\"2026-11-22T10:00:01Z\"}}"));
    tracker.seen(
        completedBeside(
            "p1",
            "{\"terminated\":{\"exitCode\":0,\"message\":"
                + JsonMapper.shared().writeValueAsString(figures("p1", 8).json())
                + "}}"));

    assertThat(sink.next().stats())
        .isEqualTo(new RunStats.Counted(figures("p1", 8), RunStats.Way.MESSAGE));
    assertThat(reported()).containsExactly("p1");
    assertThat(sink.told()).containsExactly("reported nightly");
  }

  @Test
  void aMonitorThatNeverStartedIsNotWaitedForInAPodThatHasEnded() throws Exception {
    String waiting =
        "\"phase\":\"Succeeded\",\"containerStatuses\":[{\"name\":\"zzzzmonitor\","
            + "\"state\":{\"waiting\":{\"reason\":\"ErrImagePull\"}}},";
    tracker.seen(
        pod(
            PodJson.completed("p1", "2")
                .replace("\"phase\":\"Succeeded\",\"containerStatuses\":[", waiting)));

    assertThat(sink.next().stats()).isEqualTo(new RunStats.Nothing());
  }

  @Test
  void withoutPostsNothingMoreIsHopedForOfADeletedPod() throws Exception {
    tracker = tracker(Set.of(BATCH), Posts.NOT_EXPECTED);

    tracker.gone(completedBeside("p1", "{\"running\":{\"startedAt\":\"2026-11-22T10:00:01Z\"}}"));

    assertThat(sink.next().stats()).isEqualTo(new RunStats.Nothing());
  }

  @Test
  void podsThatVanishedInAGapAreReportedWithWhatWasLastKnown() throws Exception {
    tracker.seen(pod(PodJson.running("p1", "1")));
    tracker.seen(pod(PodJson.running("p2", "2")));
    tracker.listed(BATCH);

    tracker.listing(BATCH);
    tracker.seen(pod(PodJson.running("p2", "2")));
    tracker.listed(BATCH);

    Run run = sink.next();
    assertThat(run.id()).isEqualTo("p1");
    assertThat(run.pod().identity().ref()).isEqualTo("batch/pod-p1");
    assertThat(run.end())
        .isEqualTo(
            new RunEnd(
                new RunSpan.Ran(
                    Instant.parse("2026-11-22T10:00:04Z"),
                    Instant.parse("2026-11-22T10:00:10Z"),
                    RunEnd.EndClock.SERVO),
                new RunEnd.Exit.Unknown(),
                new RunEnd.Cause("Deleted", "the pod was gone when the watch was taken up again")));
    assertThat(reported()).containsExactly("p1");
    assertThat(tracker.tracked()).isEqualTo(1);
  }

  @Test
  void aListOfOneNamespaceSaysNothingOfAnother() throws Exception {
    tracker = tracker(Set.of(BATCH, OTHER), Posts.EXPECTED);
    tracker.listing(BATCH);
    tracker.listing(OTHER);
    tracker.seen(pod(PodJson.running("p1", "1")));
    tracker.listed(BATCH);

    tracker.listing(OTHER);
    tracker.listed(OTHER);

    assertThat(reported()).isEmpty();
    assertThat(tracker.tracked()).isEqualTo(1);
  }

  @Test
  void aReportedPodThatVanishesIsForgotten() throws Exception {
    tracker.seen(completed("p1"));
    sink.next();
    tracker.listed(BATCH);

    tracker.listing(BATCH);
    tracker.listed(BATCH);

    assertThat(reported()).containsExactly("p1");
    assertThat(tracker.tracked()).isZero();
  }

  /// As a kubelet of 1.37 does it when such a pod is deleted.
  @Test
  void whatKeptAWorkloadFromStartingIsRememberedToItsEnd() throws Exception {
    for (String state :
        List.of(
            "{\"waiting\":{\"reason\":\"ErrImagePull\",\"message\":\"no such host\"}}",
            "{\"waiting\":{\"reason\":\"ContainerCreating\"}}",
            "{\"terminated\":{\"exitCode\":137,\"reason\":\"ContainerStatusUnknown\"}}")) {
      String phase = state.contains("terminated") ? "Failed" : "Pending";
      String statuses = "[{\"name\":\"main\",\"state\":" + state + "}]";
      tracker.seen(
          pod(
              PodJson.pod(
                  "p1",
                  "1",
                  "{\"phase\":\"" + phase + "\",\"containerStatuses\":" + statuses + "}")));
    }

    assertThat(sink.next().end().cause())
        .isEqualTo(new RunEnd.Cause("ErrImagePull", "no such host"));
  }

  @Test
  void aLabelThatChangesLaterChangesNoAppId() throws Exception {
    tracker.seen(
        pod(
            PodJson.running("p1", "1")
                .replace("\"name\":\"pod-", "\"labels\":{\"app\":\"first\"},\"name\":\"pod-")));
    tracker.seen(
        pod(
            PodJson.completed("p1", "1")
                .replace("\"name\":\"pod-", "\"labels\":{\"app\":\"second\"},\"name\":\"pod-")));

    assertThat(sink.next().appId()).isEqualTo("first");
  }

  @Test
  void manyThreadsThatSeeTheSamePodsReportEachOnce() throws Exception {
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 8; t++) {
      FutureTask<Void> seeing =
          new FutureTask<>(() -> {
            for (int i = 0; i < 200; i++) {
              tracker.seen(pod(PodJson.running("p" + i, "1")));
              tracker.seen(completed("p" + i));
            }
            return null;
          });
      threads.add(Thread.ofPlatform().start(seeing));
    }
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(reported()).hasSize(200).doesNotHaveDuplicates();
  }

  @Test
  void theTimerCompletesWhatIsOverdue() throws Exception {
    tracker.seen(completedBeside("p1", "{\"running\":{\"startedAt\":\"2026-11-22T10:00:01Z\"}}"));
    clock.advance(DEADLINE);

    tracker.start();

    assertThat(sink.next().stats()).isEqualTo(new RunStats.Nothing());
    tracker.close();
  }

  @Test
  void aPodThatIsMarkedAsReportedIsNotReportedAgain() throws Exception {
    tracker.seen(marked(PodJson.completed("p1", "2"), "p1"));
    tracker.gone(marked(PodJson.completed("p1", "2"), "p1"));

    assertThat(reported()).isEmpty();
    assertThat(tracker.tracked()).isZero();
  }

  @Test
  void theMarkOfAnotherPodThatWasCopiedCountsForNothing() throws Exception {
    tracker.seen(marked(PodJson.completed("p1", "2"), "p0"));

    assertThat(reported()).containsExactly("p1");
  }

  @Test
  void aRunThatWaitsForItsFiguresIsLeftToWhoMarkedIt() throws Exception {
    tracker.seen(completedBeside("p1", "{\"running\":{\"startedAt\":\"2026-11-22T10:00:01Z\"}}"));
    tracker.seen(marked(PodJson.completed("p1", "2"), "p1"));

    assertThat(reported()).isEmpty();
  }

  @Test
  void aLivePodThatNothingHoldsIsToldOnce() throws Exception {
    tracker.seen(pod(PodJson.running("p1", "1")));
    tracker.seen(pod(PodJson.running("p1", "2")));

    assertThat(holds.told()).containsExactly("unheld p1");
    assertThat(tracker.held()).isZero();
  }

  @Test
  void aPodThatHasEndedOrIsBeingDeletedIsNotToBeHeld() throws Exception {
    tracker.seen(completed("p1"));
    tracker.seen(pod(deleted(PodJson.running("p2", "1"), 30)));

    assertThat(holds.told()).isEmpty();
  }

  @Test
  void aHeldPodIsToldWhenItsRunHasEndedAndWhenItIsFree() throws Exception {
    tracker.seen(pod(held(PodJson.running("p1", "1"))));
    assertThat(tracker.held()).isOne();

    tracker.seen(pod(held(PodJson.completed("p1", "2"))));
    tracker.seen(completed("p1"));

    assertThat(holds.told()).containsExactly("ended p1", "free p1");
    assertThat(tracker.held()).isZero();
  }

  @Test
  void aHeldPodThatWasDeletedBeforeItRanIsAFailedRunThoughItIsThere() throws Exception {
    tracker.seen(pod(held(PodJson.pending("p1", "1"))));
    tracker.seen(pod(deleted(held(PodJson.pending("p1", "2")), 0)));

    Run run = sink.next();
    assertThat(run.end().span()).isEqualTo(new RunSpan.NeverRan());
    assertThat(run.end().cause().reason()).isEqualTo("Deleted");
  }

  @Test
  void aHeldPodThatWasDeletedByForceWaitsForItsKubelet() throws Exception {
    tracker.seen(pod(held(PodJson.running("p1", "1"))));
    tracker.seen(pod(deleted(held(PodJson.running("p1", "2")), 0)));
    assertThat(sink.taken()).isEmpty();

    tracker.seen(pod(deleted(held(PodJson.completed("p1", "3")), 0)));

    assertThat(sink.next().end().cause().reason()).isEqualTo("Completed");
  }

  /// The ids of all runs that were handed over, once all have arrived.
  private List<String> reported() {
    handover.close();
    return sink.taken().stream().map(Run::id).toList();
  }

  private RunTracker tracker(Set<Scope> scopes, Posts posts) throws IOException {
    PostedStats posted = PostedStats.open(directory, clock);
    return new RunTracker(scopes, handover, posted, holds, StatsTiming.of(DEADLINE, posts), clock);
  }

  private static Pod completed(String uid) {
    return pod(PodJson.completed(uid, "2"));
  }

  /// The pod with the mark that the run of `uid` is reported.
  private static Pod marked(String json, String uid) {
    String mark = "\"annotations\":{\"servo.optune.io/reported\":\"" + uid + "\"},";
    return pod(withMetadata(json, mark));
  }

  private static String held(String json) {
    return withMetadata(json, "\"finalizers\":[\"other/one\",\"servo.optune.io/measurement\"],");
  }

  private static String deleted(String json, int graceSeconds) {
    return withMetadata(
        json,
        "\"deletionTimestamp\":\"2026-11-22T10:00:30Z\",\"deletionGracePeriodSeconds\":"
            + graceSeconds
            + ",");
  }

  private static String withMetadata(String json, String fields) {
    return json.replace("{\"metadata\":{", "{\"metadata\":{" + fields);
  }

  /// A pod whose workload has completed, with podmon beside it in this state.
  private static Pod completedBeside(String uid, String monitor) {
    return pod(
        PodJson.completed(uid, "2")
            .replace(
                "\"phase\":\"Succeeded\"",
                "\"phase\":\"Running\",\"initContainerStatuses\":[{\"name\":\"zzzzmonitor\",\"state\":"
                    + monitor
                    + "}]"));
  }

  /// Podmon has ended without a word in the pod's status.
  private static String silent() {
    return terminated("");
  }

  private static String said(PodmonReport report) {
    return terminated(report.json());
  }

  private static String terminated(String message) {
    return "{\"terminated\":{\"exitCode\":0,\"startedAt\":\"2026-11-22T10:00:01Z\","
        + "\"finishedAt\":\"2026-11-22T10:00:03Z\",\"message\":"
        + JsonMapper.shared().writeValueAsString(message)
        + "}}";
  }

  private static Pod pod(String json) {
    return TreePods.read(JsonMapper.shared().readTree(json), PATH);
  }

  private static PodmonReport figures(String uid, long cpuSeconds) {
    String json =
        "{\"id\":\""
            + uid
            + "\",\"stats\":{\"cpu_time\":"
            + cpuSeconds
            + "000000000,\"max_usage\":1}}";
    return PodmonReport.parse(json.getBytes(UTF_8));
  }
}
