package io.multijob.sandbox.run.pod;

import io.multijob.sandbox.run.pod.Action.Finish;
import io.multijob.sandbox.run.pod.Action.Kill;
import io.multijob.sandbox.run.pod.Action.Start;
import io.multijob.sandbox.run.pod.Action.StopAll;
import io.multijob.sandbox.run.pod.Action.Terminate;
import io.multijob.sandbox.run.pod.ContainerState.Running;
import io.multijob.sandbox.run.pod.ContainerState.Started;
import io.multijob.sandbox.run.pod.ContainerState.Starting;
import io.multijob.sandbox.run.pod.ContainerState.Stopping;
import io.multijob.sandbox.run.pod.ContainerState.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// What is to be done for a pod now, and when to look again if nothing happens before.
///
/// Init containers run one after another; a native sidecar among them has only to start. The
/// regular containers run together. When they have ended, or the pod must end, the sidecars end in
/// reverse order, each after those behind it.
///
/// @param actions what to do, in this order
/// @param next when time alone changes what is to be done
/// @see <a href="https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/">Sidecar
///   Containers</a>
public record Plan(List<Action> actions, Optional<Instant> next) {
  /// A sidecar gets at least so long from TERM to KILL, as in the kubelet, even where those behind
  /// it have used up the pod's grace period.
  private static final Duration SHORTEST_GRACE = Duration.ofSeconds(2);

  public Plan {
    actions = List.copyOf(actions);
  }

  public static Plan of(PodState state, Instant now) {
    if (state.isFinished()) {
      return new Plan(List.of(), Optional.empty());
    }
    List<Action> actions =
        state.stop().isPresent() ? toEnd(state, state.stop().get(), now) : toRun(state, now);
    return new Plan(actions, next(state, now));
  }

  private static List<Action> toRun(PodState state, Instant now) {
    boolean initialized = state.isInitialized();
    List<Action> actions = new ArrayList<>();
    for (Container container : state.init().toList()) {
      if (container.hasEnded() && !container.hasSucceeded()) {
        return List.of(new StopAll()); // an init container that is not tried again
      }
      startIfDue(container, now, actions);
      if (!initialized && !container.isPassed()) {
        return actions;
      }
    }
    if (state.regular().allMatch(Container::hasEnded)) {
      return List.of(new StopAll());
    }
    state.regular().forEach(container -> startIfDue(container, now, actions));
    return actions;
  }

  private static void startIfDue(Container container, Instant now, List<Action> actions) {
    if (container.state() instanceof Waiting(_, _, Instant notBefore) && !notBefore.isAfter(now)) {
      actions.add(new Start(container.name()));
    }
  }

  private static List<Action> toEnd(PodState state, Stop stop, Instant now) {
    if (!state.isActive()) {
      return List.of(new Finish());
    }
    List<Action> actions = new ArrayList<>();
    boolean othersActive = false;
    for (Container container : state.containers()) {
      if (container.spec().role() != Role.SIDECAR) {
        end(container, stop.killAt(), now).ifPresent(actions::add);
        othersActive |= container.state().isActive();
      }
    }
    for (Container sidecar : state.sidecars().reversed()) {
      if (othersActive) {
        break;
      }
      end(sidecar, latest(stop.killAt(), now.plus(SHORTEST_GRACE)), now).ifPresent(actions::add);
      othersActive = sidecar.state().isActive();
    }
    return actions;
  }

  private static Optional<Action> end(Container container, Instant killAt, Instant now) {
    return switch (container.state()) {
      case Running _, Started _ -> Optional.of(new Terminate(container.name(), killAt));
      case Stopping(_, _, Instant due) when !due.isAfter(now) ->
          Optional.of(new Kill(container.name()));
      case Stopping _, Starting _, Waiting _, ContainerState.Ended _ -> Optional.empty();
    };
  }

  private static Instant latest(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static Optional<Instant> next(PodState state, Instant now) {
    return state.containers().stream()
        .flatMap(container ->
            switch (container.state()) {
              case Waiting(_, _, Instant notBefore) -> Optional.of(notBefore).stream();
              case Stopping(_, _, Instant killAt) -> Optional.of(killAt).stream();
              case Starting _, Running _, Started _, ContainerState.Ended _ ->
                  Optional.<Instant>empty().stream();
            })
        .filter(at -> at.isAfter(now) && !at.equals(Instant.MAX))
        .min(Comparator.naturalOrder());
  }
}
