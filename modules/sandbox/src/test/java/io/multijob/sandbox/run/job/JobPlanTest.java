package io.multijob.sandbox.run.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.sandbox.run.backoff.Backoff;
import io.multijob.sandbox.run.job.JobPod.End;
import io.multijob.sandbox.run.job.JobPod.Health;
import io.multijob.sandbox.run.job.JobSpec.Mode;
import io.multijob.sandbox.run.job.JobSpec.Suspension;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class JobPlanTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final Backoff BACKOFF =
      new Backoff(Duration.ofSeconds(10), Duration.ofMinutes(10));
  private static final Optional<Duration> NO_DEADLINE = Optional.empty();

  private final Tally tally = new Tally();
  private int pods;

  @Test
  void startsAsManyAsMayRunAtOnce() {
    assertThat(plan(spec(2, 6)).create()).isEqualTo(2);
  }

  @Test
  void startsNoMoreThanAreMissing() {
    put(End.SUCCEEDED, 5);

    assertThat(plan(spec(4, 6)).create()).isEqualTo(1);
  }

  @Test
  void isCompleteWhenEnoughHaveSucceeded() {
    put(End.SUCCEEDED, 6);

    assertThat(plan(spec(2, 6)).verdict()).isEqualTo(Verdict.complete());
  }

  @Test
  void withoutCompletionsOneIsEnoughAndTheOthersMayEnd() {
    put(End.SUCCEEDED, 1);
    put(End.NOT_YET, 1);
    JobSpec spec = spec(3, OptionalInt.empty(), NO_DEADLINE, Suspension.ACTIVE);

    assertThat(plan(spec).create()).isZero();
    assertThat(plan(spec).delete()).isEmpty();
    assertThat(plan(spec).verdict()).isEqualTo(new Verdict.GoesOn());
  }

  @Test
  void deletesThoseThatAreTooManyTheUnreadyFirst() {
    tally.put(pod("ready", End.NOT_YET, Health.READY));
    tally.put(pod("unready", End.NOT_YET, Health.NOT_READY));

    assertThat(plan(spec(1, 6)).delete()).extracting(JobPod::name).containsExactly("unready");
  }

  @Test
  void failsWhenMoreHaveFailedThanMay() {
    put(End.FAILED, 2);
    assertThat(plan(spec(1, 1)).verdict()).isEqualTo(new Verdict.GoesOn());

    put(End.FAILED, 1);
    assertThat(plan(spec(1, 1)).verdict())
        .isEqualTo(
            Verdict.failed("BackoffLimitExceeded", "Job has reached the specified backoff limit"));
  }

  @Test
  void pausesAfterFailuresInARow() {
    put(End.FAILED, 2);

    JobPlan now = plan(spec(1, 1));
    assertThat(now.create()).isZero();
    assertThat(now.next()).contains(NOW.plusSeconds(20));

    JobPlan later = JobPlan.of(spec(1, 1), tally, NOW, BACKOFF, NOW.plusSeconds(20));
    assertThat(later.create()).isEqualTo(1);
  }

  @Test
  void failsWhenItTakesTooLong() {
    put(End.NOT_YET, 1);
    JobSpec spec =
        spec(1, OptionalInt.of(1), Optional.of(Duration.ofSeconds(5)), Suspension.ACTIVE);

    assertThat(plan(spec).next()).contains(NOW.plusSeconds(5));
    JobPlan late = JobPlan.of(spec, tally, NOW, BACKOFF, NOW.plusSeconds(5));
    assertThat(late.verdict())
        .isEqualTo(
            Verdict.failed("DeadlineExceeded", "Job was active longer than specified deadline"));
    assertThat(late.delete()).hasSize(1);
  }

  @Test
  void restsWhileItIsSuspended() {
    put(End.NOT_YET, 1);

    JobPlan plan = plan(spec(2, OptionalInt.of(2), NO_DEADLINE, Suspension.SUSPENDED));

    assertThat(plan.create()).isZero();
    assertThat(plan.delete()).hasSize(1);
  }

  @Test
  void aPodThatSomebodyDeletesHasFailed() {
    put(End.NOT_YET, 1);
    tally.remove("pod1");

    assertThat(tally.failed()).isEqualTo(1);
  }

  @Test
  void aPodThatWeDeleteCountsForNothing() {
    put(End.NOT_YET, 1);
    tally.discard("pod1");
    assertThat(tally.isQuiet()).isFalse();

    tally.remove("pod1");

    assertThat(tally.failed()).isZero();
    assertThat(tally.isQuiet()).isTrue();
  }

  @Test
  void aPodThatHasSucceededCountsWhenItIsGone() {
    put(End.SUCCEEDED, 1);
    tally.remove("pod1");

    assertThat(tally.succeeded(Mode.NON_INDEXED)).isEqualTo(1);
  }

  @Test
  void indexesAreGivenOutOnce() {
    tally.put(indexed("a", 0, End.SUCCEEDED));
    tally.put(indexed("b", 1, End.FAILED));
    tally.put(indexed("c", 2, End.NOT_YET));
    JobSpec spec =
        new JobSpec(
            4,
            OptionalInt.of(5),
            6,
            NO_DEADLINE,
            Optional.empty(),
            Mode.INDEXED,
            Suspension.ACTIVE);

    assertThat(CompletionIndexes.next(spec, tally, 3))
        .containsExactly(OptionalInt.of(1), OptionalInt.of(3), OptionalInt.of(4));
  }

  @Test
  void rangesOfIndexesAreShort() {
    var numbers = new TreeSet<>(List.of(0, 1, 2, 4, 6, 7));

    assertThat(JobStatus.ranges(numbers)).isEqualTo("0-2,4,6-7");
  }

  private JobPlan plan(JobSpec spec) {
    return JobPlan.of(spec, tally, NOW, BACKOFF, NOW);
  }

  private static JobSpec spec(int parallelism, int completions) {
    return spec(parallelism, OptionalInt.of(completions), NO_DEADLINE, Suspension.ACTIVE);
  }

  private static JobSpec spec(
      int parallelism,
      OptionalInt completions,
      Optional<Duration> deadline,
      Suspension suspension) {
    return new JobSpec(
        parallelism, completions, 2, deadline, Optional.empty(), Mode.NON_INDEXED, suspension);
  }

  private void put(End end, int count) {
    for (int i = 0; i < count; i++) {
      pods++;
      tally.put(pod("pod" + pods, end, Health.NOT_READY));
    }
  }

  private static JobPod pod(String name, End end, Health health) {
    Instant finished = end == End.NOT_YET ? Instant.EPOCH : NOW;
    return new JobPod(name, name, OptionalInt.empty(), end, health, 0, finished);
  }

  private static JobPod indexed(String name, int index, End end) {
    return new JobPod(name, name, OptionalInt.of(index), end, Health.NOT_READY, 0, NOW);
  }
}
