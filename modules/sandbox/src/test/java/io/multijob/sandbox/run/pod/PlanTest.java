package io.multijob.sandbox.run.pod;

import static io.multijob.sandbox.run.pod.Pods.GRACE;
import static io.multijob.sandbox.run.pod.Pods.NOW;
import static io.multijob.sandbox.run.pod.Pods.begin;
import static io.multijob.sandbox.run.pod.Pods.container;
import static io.multijob.sandbox.run.pod.Pods.ended;
import static io.multijob.sandbox.run.pod.Pods.started;
import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.sandbox.run.pod.Action.Finish;
import io.multijob.sandbox.run.pod.Action.Kill;
import io.multijob.sandbox.run.pod.Action.Start;
import io.multijob.sandbox.run.pod.Action.StopAll;
import io.multijob.sandbox.run.pod.Action.Terminate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PlanTest {
  private static final ContainerSpec INIT = container("init", Role.INIT);
  private static final ContainerSpec SIDECAR = container("sidecar", Role.SIDECAR);
  private static final ContainerSpec OTHER_SIDECAR = container("sidecar2", Role.SIDECAR);
  private static final ContainerSpec MAIN = container("main", Role.REGULAR);
  private static final ContainerSpec OTHER = container("other", Role.REGULAR);
  private static final Instant KILL_AT = NOW.plus(GRACE);

  @Test
  void regularContainersStartTogether() {
    PodState state = begin(RestartPolicy.NEVER, MAIN, OTHER);

    assertThat(actions(state)).containsExactly(new Start("main"), new Start("other"));
  }

  @Test
  void aSidecarIsWaitedForUntilItHasStarted() {
    PodState state = begin(RestartPolicy.NEVER, SIDECAR, MAIN);
    assertThat(actions(state)).containsExactly(new Start("sidecar"));

    PodState running = state.with("sidecar", each -> each.starting().running("id", NOW));
    assertThat(actions(running)).isEmpty();

    assertThat(actions(started(state, "sidecar"))).containsExactly(new Start("main"));
  }

  @Test
  void anInitContainerMustSucceedFirst() {
    PodState state = started(begin(RestartPolicy.NEVER, INIT, MAIN), "init");
    assertThat(actions(state)).isEmpty();

    assertThat(actions(ended(state, "init", 0))).containsExactly(new Start("main"));
    assertThat(actions(ended(state, "init", 1))).containsExactly(new StopAll());
  }

  @Test
  void anInitContainerIsTriedAgainWhereThePolicySaysSo() {
    PodState state = started(begin(RestartPolicy.ON_FAILURE, INIT, MAIN), "init");

    assertThat(actions(ended(state, "init", 1))).containsExactly(new Start("init"));
  }

  @Test
  void aPodIsOverWhenItsRegularContainersHaveEnded() {
    PodState state = started(begin(RestartPolicy.NEVER, MAIN, OTHER), "main", "other");

    PodState half = ended(state, "main", 0);
    assertThat(actions(half)).isEmpty();

    assertThat(actions(ended(half, "other", 1))).containsExactly(new StopAll());
  }

  @Test
  void aContainerThatFailsAgainWaitsLongerEachTime() {
    PodState first = ended(started(begin(RestartPolicy.ALWAYS, MAIN), "main"), "main", 1);
    PodState second = ended(started(first, "main"), "main", 1);
    PodState third = ended(started(second, "main"), "main", 1);

    assertThat(actions(first)).containsExactly(new Start("main"));
    assertThat(actions(second)).isEmpty();
    assertThat(Plan.of(second, NOW).next()).contains(NOW.plusSeconds(10));
    assertThat(Plan.of(third, NOW).next()).contains(NOW.plusSeconds(20));
    assertThat(Plan.of(second, NOW.plusSeconds(10)).actions()).containsExactly(new Start("main"));
  }

  @Test
  void aSidecarThatEndsIsStartedAgainWhileThePodGoesOn() {
    PodState state = started(begin(RestartPolicy.NEVER, SIDECAR, MAIN), "sidecar", "main");

    assertThat(actions(ended(state, "sidecar", 0))).containsExactly(new Start("sidecar"));
  }

  @Test
  void sidecarsEndAfterTheOthersInReverseOrder() {
    PodState state =
        started(
                begin(RestartPolicy.NEVER, SIDECAR, OTHER_SIDECAR, MAIN),
                "sidecar",
                "sidecar2",
                "main")
            .stopping(new Stop(Stop.Reason.DELETED, KILL_AT));
    assertThat(actions(state)).containsExactly(new Terminate("main", KILL_AT));

    PodState mainEnded = ended(state, "main", 143);
    assertThat(actions(mainEnded)).containsExactly(new Terminate("sidecar2", KILL_AT));

    PodState oneLeft = ended(mainEnded, "sidecar2", 0);
    assertThat(actions(oneLeft)).containsExactly(new Terminate("sidecar", KILL_AT));

    assertThat(actions(ended(oneLeft, "sidecar", 0))).containsExactly(new Finish());
  }

  @Test
  void aSidecarHasTwoSecondsEvenIfTheOthersTookAllTheTime() {
    PodState state =
        started(begin(RestartPolicy.NEVER, SIDECAR, MAIN), "sidecar", "main")
            .stopping(new Stop(Stop.Reason.DELETED, NOW));

    assertThat(actions(ended(state, "main", 137)))
        .containsExactly(new Terminate("sidecar", NOW.plusSeconds(2)));
  }

  @Test
  void whoDoesNotEndInTimeIsKilledOnce() {
    PodState state =
        started(begin(RestartPolicy.NEVER, MAIN), "main")
            .stopping(new Stop(Stop.Reason.DELETED, KILL_AT))
            .with("main", each -> each.stopping(KILL_AT));

    assertThat(Plan.of(state, NOW).next()).contains(KILL_AT);
    assertThat(Plan.of(state, KILL_AT).actions()).containsExactly(new Kill("main"));
    PodState killed = state.with("main", Container::killed);
    assertThat(Plan.of(killed, KILL_AT)).isEqualTo(new Plan(List.of(), Optional.empty()));
  }

  @Test
  void aShorterGracePeriodCountsForThoseThatWereToldToEnd() {
    PodState state =
        started(begin(RestartPolicy.NEVER, MAIN), "main")
            .stopping(new Stop(Stop.Reason.DEADLINE_EXCEEDED, KILL_AT))
            .with("main", each -> each.stopping(KILL_AT));

    PodState sooner = state.stopping(new Stop(Stop.Reason.DELETED, NOW.plusSeconds(1)));

    assertThat(Plan.of(sooner, NOW).next()).contains(NOW.plusSeconds(1));
    assertThat(sooner.stop().orElseThrow().reason()).isEqualTo(Stop.Reason.DEADLINE_EXCEEDED);
  }

  @Test
  void aPodThatIsDeletedBeforeItStartsJustEnds() {
    PodState state =
        begin(RestartPolicy.NEVER, MAIN).stopping(new Stop(Stop.Reason.DELETED, KILL_AT));

    assertThat(actions(state)).containsExactly(new Finish());
  }

  @Test
  void aContainerThatCannotBeMadeWaitsForNothing() {
    PodState state =
        begin(RestartPolicy.NEVER, MAIN)
            .with("main", each -> each.refused("CreateContainerConfigError", "no such secret"));

    assertThat(Plan.of(state, NOW)).isEqualTo(new Plan(List.of(), Optional.empty()));
  }

  private static List<Action> actions(PodState state) {
    return Plan.of(state, NOW).actions();
  }
}
