package io.multijob.servo.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.servo.watch.Scope;
import io.multijob.servo.watch.WatchProblem;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class WatchHealthTest {
  private static final Scope BATCH = new Scope("batch");
  private static final Scope NIGHT = new Scope("night");

  private final WatchHealth health = new WatchHealth(Set.of(BATCH, NIGHT));

  @Test
  void isInOrderWhenEveryScopeIsListed() {
    assertThat(health.problem()).contains("batch: not listed yet; night: not listed yet");

    health.received(BATCH);
    health.listed(BATCH, 3);
    assertThat(health.problem()).contains("night: not listed yet");

    health.listed(NIGHT, 0);
    assertThat(health.problem()).isEmpty();
  }

  @Test
  void saysWhyAScopeIsNotListed() {
    health.failed(BATCH, problem(WatchProblem.Kind.UNREACHABLE), 1);

    assertThat(health.problem()).contains("batch: said so; night: not listed yet");
  }

  @Test
  void aConnectionThatBreaksNowAndThenIsNoTrouble() {
    listAll();

    health.failed(BATCH, problem(WatchProblem.Kind.EXPIRED), 1);
    health.failed(BATCH, problem(WatchProblem.Kind.UNREACHABLE), 2);

    assertThat(health.problem()).isEmpty();
  }

  @Test
  void aWatchThatKeepsFailingIsTroubleUntilItStands() {
    listAll();

    health.failed(BATCH, problem(WatchProblem.Kind.UNREACHABLE), 3);
    assertThat(health.problem()).contains("batch: said so");

    health.watching(BATCH);
    assertThat(health.problem()).isEmpty();
  }

  @Test
  void aPermissionThatIsMissingWhileTheServerStartsIsNoTrouble() {
    listAll();

    health.failed(BATCH, problem(WatchProblem.Kind.FORBIDDEN), 1);
    health.failed(BATCH, problem(WatchProblem.Kind.FORBIDDEN), 2);
    assertThat(health.problem()).isEmpty();

    health.failed(BATCH, problem(WatchProblem.Kind.FORBIDDEN), 3);
    assertThat(health.problem()).contains("batch: said so");
  }

  private void listAll() {
    health.listed(BATCH, 0);
    health.listed(NIGHT, 0);
  }

  private static WatchProblem problem(WatchProblem.Kind kind) {
    return new WatchProblem(kind, "said so");
  }
}
