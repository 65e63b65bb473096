package io.multijob.sandbox.run.pod;

import io.multijob.sandbox.run.pod.Condition.Truth;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The conditions of a pod, as the kubelet derives them, each with the time of its last change.
///
/// @see <a
///   href="https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-conditions">Pod
///   conditions</a>
record Conditions(List<Condition> all) {
  static final Conditions NONE = new Conditions(List.of());

  Conditions {
    all = List.copyOf(all);
  }

  /// What holds for `state`, with the times of these where nothing has changed.
  Conditions of(PodState state, Instant now) {
    Phase phase = Phase.of(state);
    List<Condition> next = new ArrayList<>();
    next.add(condition("PodReadyToStartContainers", !phase.isFinal(), Why.NOTHING, now));
    next.add(initialized(state, phase, now));
    next.add(ready("Ready", state, phase, now));
    next.add(ready("ContainersReady", state, phase, now));
    next.add(condition("PodScheduled", true, Why.NOTHING, now));
    return new Conditions(next);
  }

  /// A reason and a message, either of which may be empty.
  private record Why(String reason, String message) {
    static final Why NOTHING = new Why("", "");
  }

  private Condition initialized(PodState state, Phase phase, Instant now) {
    if (phase == Phase.SUCCEEDED) {
      return condition("Initialized", true, new Why("PodCompleted", ""), now);
    }
    if (state.isInitialized()) {
      return condition("Initialized", true, Why.NOTHING, now);
    }
    String names = names(state.init().filter(container -> !container.isPassed()));
    Why why = new Why("ContainersNotInitialized", "containers with incomplete status: " + names);
    return condition("Initialized", false, why, now);
  }

  private Condition ready(String type, PodState state, Phase phase, Instant now) {
    if (phase == Phase.SUCCEEDED) {
      return condition(type, false, new Why("PodCompleted", ""), now);
    }
    if (phase == Phase.FAILED) {
      return condition(type, false, new Why("PodFailed", ""), now);
    }
    Stream<Container> needed =
        state.containers().stream().filter(container -> container.spec().role() != Role.INIT);
    String names = names(needed.filter(container -> !container.isReady()));
    if (names.equals("[]")) {
      return condition(type, true, Why.NOTHING, now);
    }
    Why why = new Why("ContainersNotReady", "containers with unready status: " + names);
    return condition(type, false, why, now);
  }

  private Condition condition(String type, boolean holds, Why why, Instant now) {
    Optional<Condition> before = all.stream().filter(each -> each.type().equals(type)).findFirst();
    Instant since =
        before.filter(each -> each.holds() == Truth.of(holds)).map(Condition::since).orElse(now);
    return new Condition(type, Truth.of(holds), why.reason(), why.message(), since);
  }

  /// As Go prints a list: `[one two]`.
  private static String names(Stream<Container> containers) {
    return "[" + String.join(" ", containers.map(Container::name).toList()) + "]";
  }
}
