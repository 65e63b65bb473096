package io.multijob.e2e.chaos.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.e2e.chaos.ledger.Deafness.Kind;
import io.multijob.e2e.chaos.ledger.Rules.State;
import io.multijob.e2e.chaos.ledger.Verdict.Unseen;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// Times are seconds since the begin of a trial in which the first servo is ready at 0.
final class LedgerTest {
  private static final Instant BEGIN = Instant.parse("2026-11-22T10:00:00Z");
  private static final Rules KEPT = Rules.with(Duration.ofSeconds(2), State.KEPT);
  private static final Rules EMPTIED = Rules.with(Duration.ofSeconds(2), State.EMPTIED);

  private final Ledger ledger = new Ledger();
  private final CourseRecord course = new CourseRecord();

  LedgerTest() {
    course.started(at(0));
    course.ready(at(0));
  }

  @Test
  void aRunThatTheServoKnewOfAndDidNotReportIsLost() {
    created(1);
    ended(5);
    outage(20, 30);
    deleted(25);

    assertThat(verdict(KEPT).lost()).extracting(PodHistory::uid).containsExactly("uid");
  }

  @Test
  void aRunWhosePodIsThereWhenTheServoComesBackIsLostIfNotReported() {
    created(12);
    ended(15);
    outage(10, 20);
    deleted(25);

    assertThat(verdict(KEPT).lost()).hasSize(1);
    assertThat(verdict(EMPTIED).lost()).hasSize(1);
  }

  @Test
  void nobodyCouldHaveSeenAPodThatWasMadeAndDeletedWithinOneOutage() {
    created(12);
    ended(13);
    outage(10, 20);
    deleted(15);

    assertThat(verdict(KEPT).unseen()).containsOnlyKeys(Finding.CAME_AND_WENT);
    assertThat(verdict(KEPT).passed()).isTrue();
  }

  @Test
  void theEndOfARunWithinOneOutageWithItsPodsDeletionIsCountedApart() {
    created(1);
    outage(10, 20);
    ended(12);
    deleted(15);

    assertThat(verdict(KEPT).unseen()).containsEntry(Finding.END_UNSEEN, new Unseen(1, 0));
  }

  @Test
  void aPodThatTheFinalizerHeldMustBeReportedWhateverHappened() {
    created(1);
    outage(10, 20);
    ledger.held("uid");

    assertThat(verdict(EMPTIED).lost()).hasSize(1);
  }

  @Test
  void aServoThatIsKilledWithinTheMarginIsNotBlamed() {
    created(1);
    ended(9);
    outage(10, 20);
    deleted(15);

    assertThat(verdict(KEPT).unseen()).containsOnlyKeys(Finding.JUST_TOLD);
  }

  @Test
  void aDiskThatWasEmptiedBeforeTheServiceCouldHaveTheRunExcuses() {
    created(1);
    ended(5);
    outage(10, 20);
    deleted(15);

    assertThat(verdict(EMPTIED).unseen()).containsOnlyKeys(Finding.DISK_EMPTIED);
  }

  @Test
  void aDiskThatWasEmptiedLongAfterDoesNotExcuse() {
    created(1);
    ended(5);
    outage(30, 40);
    deleted(35);

    assertThat(verdict(EMPTIED).lost()).hasSize(1);
  }

  @Test
  void aWatchThatIsCutIsLateAndHearsAll() {
    created(1);
    course.hearsAgain(course.hearsNothing(Kind.LATE, at(4)), at(8));
    ended(5);
    deleted(6);

    assertThat(verdict(KEPT).lost()).hasSize(1);
  }

  @Test
  void anApiServerThatWasKilledForgetsWhatCameAndWent() {
    course.hearsAgain(course.hearsNothing(Kind.FORGOTTEN, at(4)), at(8));
    created(5);
    ended(6);
    deleted(7);

    assertThat(verdict(KEPT).unseen()).containsOnlyKeys(Finding.CAME_AND_WENT);
  }

  @Test
  void theSameKeyAgainIsRetriedAndAnotherKeyIsDoubled() {
    created(1);
    ended(5);
    reported("uid", 1);
    reported("uid", 1);

    assertThat(verdict(KEPT).repeats().all()).isEqualTo(1);
    assertThat(verdict(KEPT).passed()).isTrue();

    reported("other", 1);

    assertThat(verdict(KEPT).doubled()).hasSize(1);
  }

  @Test
  void aReportOfNoPodOfTheTrialIsDoubled() {
    reported("uid", 1);

    assertThat(verdict(KEPT).doubled()).hasSize(1);
  }

  private void created(int second) {
    ledger.created("uid", "pod", "any", span(second));
  }

  private void ended(int second) {
    ledger.ended("uid", span(second));
  }

  private void deleted(int second) {
    ledger.deleted("uid", span(second));
  }

  private void reported(String key, int digest) {
    ledger.reported(new Arrival("uid", key, digest, at(50)));
  }

  private void outage(int from, int to) {
    course.killed(at(from));
    course.started(at(to));
    course.ready(at(to));
  }

  private Verdict verdict(Rules rules) {
    return ledger.verdict(course.course(), rules);
  }

  private static Span span(int second) {
    return new Span(at(second), at(second));
  }

  private static Instant at(int second) {
    return BEGIN.plusSeconds(second);
  }
}
