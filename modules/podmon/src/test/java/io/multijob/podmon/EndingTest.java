package io.multijob.podmon;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class EndingTest {
  private static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");
  private static final Duration NOTHING = Duration.ZERO;
  private static final Duration SOMETHING = Duration.ofMillis(30);

  @Test
  void aSidecarWaitsForTermWhateverHasEnded() {
    Ending ending = ending(new Role.Sidecar(), new PodState(false, 1, false, 3, SOMETHING));

    assertThat(ending.isOver(NOW.plusSeconds(3_600))).isFalse();
    assertThat(ending.patience(NOW)).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void aSidecarIsOverAtTermWhenNoContainerRunsThatItSaw() {
    Ending ending = ending(new Role.Sidecar(), new PodState(false, 2, false, 1, NOTHING));

    ending.terminate(NOW);

    assertThat(ending.isOver(NOW)).isTrue();
  }

  @Test
  void waitsSomeTimeAfterTermForAContainerThatStillRuns() {
    Ending ending = ending(new Role.Sidecar(), new PodState(false, 2, true, 0, NOTHING));

    ending.terminate(NOW);

    assertThat(ending.isOver(NOW.plusSeconds(24))).isFalse();
    assertThat(ending.patience(NOW.plusSeconds(24))).isEqualTo(Duration.ofSeconds(1));
    assertThat(ending.isOver(NOW.plusSeconds(25))).isTrue();
  }

  @Test
  void aSecondTermDoesNotMakeItWaitLonger() {
    Ending ending = ending(new Role.Sidecar(), new PodState(false, 2, true, 0, NOTHING));
    ending.terminate(NOW);

    ending.terminate(NOW.plusSeconds(20));

    assertThat(ending.isOver(NOW.plusSeconds(25))).isTrue();
  }

  @Test
  void isOverWhenThePodHasGone() {
    Ending ending = ending(new Role.Sidecar(), new PodState(true, 0, false, 0, NOTHING));

    assertThat(ending.isOver(NOW)).isTrue();
  }

  @Test
  void aRegularContainerCountsTheOthers() {
    Ending ending = ending(new Role.Regular(2), new PodState(false, 1, false, 1, NOTHING));
    assertThat(ending.isOver(NOW.plusSeconds(3_600))).isFalse();

    ending.observe(new PodState(false, 1, false, 2, NOTHING), NOW);

    assertThat(ending.isOver(NOW)).isTrue();
    assertThat(ending.beginning()).isEqualTo(Beginning.OURS);
  }

  @Test
  void aRegularContainerWaitsForOneMoreThanPauseThatRuns() {
    Ending ending = ending(new Role.Regular(1), new PodState(false, 2, false, 1, NOTHING));

    assertThat(ending.isOver(NOW.plusSeconds(3_600))).isFalse();
  }

  @Test
  void aRegularContainerWaitsForOneThatStillFetchesItsImage() {
    Ending ending = ending(new Role.Regular(1), new PodState(false, 1, false, 0, NOTHING));

    assertThat(ending.isOver(NOW.plusSeconds(3_600))).isFalse();
    assertThat(ending.patience(NOW.plusSeconds(3_600))).isEqualTo(Duration.ofHours(1));
  }

  @Test
  void aRegularContainerDoesNotWaitForEverForOneThatWasOverBeforeItCame() {
    Ending ending = ending(new Role.Regular(1), new PodState(false, 1, false, 0, SOMETHING));

    assertThat(ending.isOver(NOW.plusSeconds(59))).isFalse();
    assertThat(ending.patience(NOW.plusSeconds(59))).isEqualTo(Duration.ofSeconds(1));
    assertThat(ending.isOver(NOW.plusSeconds(60))).isTrue();
    assertThat(ending.beginning()).isEqualTo(Beginning.THE_PODS);
  }

  @Test
  void waitsAfreshWhenThePodChanges() {
    Ending ending = ending(new Role.Regular(2), new PodState(false, 1, false, 0, SOMETHING));

    ending.observe(new PodState(false, 1, false, 1, SOMETHING), NOW.plusSeconds(50));

    assertThat(ending.isOver(NOW.plusSeconds(60))).isFalse();
    assertThat(ending.isOver(NOW.plusSeconds(110))).isTrue();
  }

  @Test
  void aSidecarThatSawNoContainerCountsFromThePodsBeginning() {
    Ending ending = ending(new Role.Sidecar(), new PodState(false, 1, false, 0, SOMETHING));

    assertThat(ending.beginning()).isEqualTo(Beginning.THE_PODS);

    ending.observe(new PodState(false, 1, false, 1, SOMETHING), NOW);

    assertThat(ending.beginning()).isEqualTo(Beginning.OURS);
  }

  private static Ending ending(Role role, PodState state) {
    var ending = new Ending(role);
    ending.observe(state, NOW);
    return ending;
  }
}
