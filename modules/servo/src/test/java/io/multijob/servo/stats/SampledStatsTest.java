package io.multijob.servo.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.protocol.Figure;
import io.multijob.protocol.Figures;
import io.multijob.protocol.PodmonReport;
import io.multijob.servo.measurement.Run;
import io.multijob.servo.measurement.RunStats;
import io.multijob.servo.pod.AppIdPath;
import io.multijob.servo.pod.Pod;
import io.multijob.servo.pod.TreePods;
import io.multijob.servo.stats.SampledStats.Monitors;
import io.multijob.servo.stats.Sampler.Answer;
import io.multijob.servo.stats.StatsTiming.Posts;
import io.multijob.servo.watch.PodJson;
import io.multijob.servo.watch.Scope;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// The workload of each pod runs from second 4 to second 6; its end is seen at second 10.
@Timeout(20)
final class SampledStatsTest {
  private static final Duration DEADLINE = Duration.ofSeconds(30);
  private static final AppIdPath PATH = AppIdPath.parse("spec/containers/0/env/[JOBID]");
  private static final Scope BATCH = new Scope("batch");
  private static final String RUNNING = "{\"running\":{\"startedAt\":\"2026-11-22T10:00:01Z\"}}";
  private static final String KILLED =
      "{\"terminated\":{\"exitCode\":137,\"startedAt\":\"2026-11-22T10:00:01Z\","
          + "\"finishedAt\":\"2026-11-22T10:00:36Z\"}}";

  private static final String TOLD =
      "{\"terminated\":{\"exitCode\":0,\"startedAt\":\"2026-11-22T10:00:01Z\","
          + "\"finishedAt\":\"2026-11-22T10:00:07Z\","
          + "\"message\":\"{\\\"id\\\":\\\"p1\\\",\\\"stats\\\":{\\\"cpu_time\\\":9}}\"}}";

  private final RecordingSink sink = new RecordingSink();
  private final SettableClock clock = new SettableClock(Instant.parse("2026-11-22T10:00:10Z"));
  private final Queue<Answer> asked = new ArrayDeque<>();

  private Path directory;
  private RunTracker tracker;

  @BeforeEach
  void makeTracker(@TempDir Path folder) throws IOException {
    directory = folder;
    tracker = tracker(Monitors.NEVER_TELL);
  }

  @Test
  void asksAtOnceForAMonitorThatNeverTellsAndReportsASampleOfTheWholeRun() throws Exception {
    tracker.seen(ended(RUNNING));

    answer(sample(7, 5, 100));

    assertThat(sink.next().stats()).isEqualTo(sampled(7, 5, 100));
  }

  @Test
  void asksAgainUntilTheSampleIsOfTheWholeRunAndKeepsTheMostMemory() throws Exception {
    tracker.seen(ended(RUNNING));
    answer(sample(5, 2, 100));
    assertThat(sink.taken()).isEmpty();

    clock.advance(Duration.ofSeconds(4));
    tracker.expire();
    assertThat(asked).isEmpty();

    clock.advance(Duration.ofSeconds(1));
    tracker.expire();
    answer(sample(8, 3, 60));

    assertThat(sink.next().stats()).isEqualTo(sampled(8, 3, 100));
  }

  @Test
  void asksForAMonitorThatHasEndedWithoutAWordBeforeItsPodIsOver() throws Exception {
    tracker.seen(ended(KILLED));

    answer(sample(5, 2, 100));

    assertThat(sink.next().stats()).isEqualTo(sampled(5, 2, 100));
  }

  @Test
  void waitsForAnAnswerThatIsUnderWayWhenThePodEnds() throws Exception {
    tracker.seen(ended(KILLED));
    tracker.seen(pod(beside(PodJson.completed("p1", "2"), KILLED)));
    assertThat(sink.taken()).isEmpty();

    answer(sample(7, 5, 100));

    assertThat(sink.next().stats()).isEqualTo(sampled(7, 5, 100));
  }

  @Test
  void isContentWithWhatItHasWhenTheMonitorEnds() throws Exception {
    tracker.seen(ended(RUNNING));
    answer(sample(5, 2, 100));

    tracker.seen(ended(KILLED));

    assertThat(sink.next().stats()).isEqualTo(sampled(5, 2, 100));
    assertThat(asked).isEmpty();
  }

  @Test
  void reportsWithoutWhereTheNodeKnowsNothing() throws Exception {
    tracker.seen(ended(KILLED));

    answer(List.of());

    assertThat(sink.next().stats()).isEqualTo(new RunStats.Nothing());
  }

  @Test
  void aSampleFromBeforeTheWorkloadsStartSaysNothingOfIt() throws Exception {
    tracker.seen(ended(KILLED));

    answer(sample(4, 1, 100));

    assertThat(sink.next().stats()).isEqualTo(new RunStats.Nothing());
  }

  @Test
  void doesNotAskForAPodThatIsOver() throws Exception {
    tracker.seen(pod(beside(PodJson.completed("p1", "2"), KILLED)));

    assertThat(sink.next().stats()).isEqualTo(new RunStats.Nothing());
    assertThat(asked).isEmpty();
  }

  @Test
  void givesPodmonAMomentWhereItMayBePodmon() throws Exception {
    tracker = tracker(Monitors.MAY_TELL);
    tracker.seen(ended(RUNNING));
    assertThat(asked).isEmpty();

    clock.advance(Duration.ofSeconds(2));
    tracker.expire();

    assertThat(asked).hasSize(1);
  }

  @Test
  void podmonsOwnWordCountsBeforeAllSamples() throws Exception {
    tracker = tracker(Monitors.MAY_TELL);
    tracker.seen(ended(RUNNING));
    clock.advance(Duration.ofSeconds(2));
    tracker.expire();
    answer(sample(7, 5, 100));
    assertThat(sink.taken()).isEmpty();

    tracker.seen(ended(TOLD));

    PodmonReport report = PodmonReport.parse("{\"id\":\"p1\",\"stats\":{\"cpu_time\":9}}");
    assertThat(sink.next().stats()).isEqualTo(new RunStats.Counted(report, RunStats.Way.MESSAGE));
  }

  @Test
  void noAnswerDelaysAReportBeyondTheDeadline() throws Exception {
    tracker.seen(ended(KILLED));

    clock.advance(DEADLINE);
    tracker.expire();

    assertThat(sink.next().stats()).isEqualTo(new RunStats.Nothing());
  }

  @Test
  void aRunWithASampleIsNotOverdueAtTheDeadline() throws Exception {
    tracker = tracker(Monitors.MAY_TELL);
    tracker.seen(ended(RUNNING));
    clock.advance(Duration.ofSeconds(2));
    tracker.expire();
    answer(sample(7, 5, 100));

    clock.advance(DEADLINE);
    tracker.expire();
    Run run = sink.next();

    assertThat(run.stats()).isEqualTo(sampled(7, 5, 100));
    assertThat(sink.told()).containsExactly("reported nightly");
  }

  @Test
  void anAnswerThatComesTooLateIsOfNoConsequence() throws Exception {
    tracker.seen(ended(KILLED));
    clock.advance(DEADLINE);
    tracker.expire();
    sink.next();

    answer(sample(7, 5, 100));

    assertThat(sink.taken()).hasSize(1);
  }

  private RunTracker tracker(Monitors monitors) throws IOException {
    RunTracker made =
        new RunTracker(
            Set.of(BATCH),
            new RunHandover(sink, sink, Duration.ofMillis(1)),
            PostedStats.open(directory, clock),
            new SampledStats((pod, answer) -> asked.add(answer), monitors),
            new RecordedHolds(),
            StatsTiming.of(DEADLINE, Posts.NOT_EXPECTED),
            clock);
    made.listing(BATCH);
    return made;
  }

  private void answer(List<Sample> samples) throws InterruptedException {
    asked.remove().came(samples.stream().findFirst());
  }

  private static List<Sample> sample(int second, long cpu, long memory) {
    return List.of(new Sample(at(second), figures(cpu, memory)));
  }

  private static RunStats sampled(int second, long cpu, long memory) {
    return new RunStats.Sampled(figures(cpu, memory), at(second));
  }

  private static Figures figures(long cpu, long memory) {
    return new Figures(Map.of(Figure.CPU_TIME, cpu, Figure.MAX_USAGE, memory));
  }

  private static Instant at(int second) {
    return Instant.parse("2026-11-22T10:00:00Z").plusSeconds(second);
  }

  /// The workload of `p1` has ended, its monitor is in this state, and the pod is not over.
  private static Pod ended(String monitor) {
    return pod(
        beside(PodJson.completed("p1", "2"), monitor)
            .replace("\"phase\":\"Succeeded\"", "\"phase\":\"Running\""));
  }

  private static String beside(String json, String monitor) {
    return json.replace(
        "\"phase\":\"Succeeded\"",
        "\"phase\":\"Succeeded\",\"initContainerStatuses\":[{\"name\":\"zzzzmonitor\",\"state\":"
            + monitor
            + "}]");
  }

  private static Pod pod(String json) {
    String placed = json.replace("\"spec\":{", "\"spec\":{\"nodeName\":\"n1\",");
    return TreePods.read(JsonMapper.shared().readTree(placed), PATH);
  }
}
