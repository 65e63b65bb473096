package io.multijob.sandbox.run.pod;

import io.multijob.sandbox.run.backoff.Backoff;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// How far a pod has come.
///
/// @param startTime when its kubelet first saw it
/// @param containers in the order of the pod's
/// @param stop set once, when its containers are to be ended
/// @param life whether anything is left to be done
public record PodState(
    Pod pod, Instant startTime, List<Container> containers, Optional<Stop> stop, Life life) {

  /// Whether anything is left to be done.
  public enum Life {
    ACTIVE,
    FINISHED
  }

  public PodState {
    containers = List.copyOf(containers);
  }

  /// A pod that was just seen.
  public static PodState begin(Pod pod, Instant now) {
    String waitingFor =
        pod.containers().getFirst().role() == Role.REGULAR
            ? "ContainerCreating"
            : "PodInitializing";
    List<Container> containers =
        pod.containers().stream().map(spec -> Container.notStarted(spec, waitingFor)).toList();
    return new PodState(pod, now, containers, Optional.empty(), Life.ACTIVE);
  }

  public Container container(String name) {
    return containers.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
  }

  public PodState with(String name, UnaryOperator<Container> change) {
    List<Container> changed = new ArrayList<>(containers);
    changed.replaceAll(each -> each.name().equals(name) ? change.apply(each) : each);
    return new PodState(pod, startTime, changed, stop, life);
  }

  /// Begins to end the containers. A pod that is being ended already may only be killed sooner.
  public PodState stopping(Stop asked) {
    Stop next =
        stop.filter(earlier -> !asked.killAt().isBefore(earlier.killAt()))
            .or(() -> stop.map(earlier -> new Stop(earlier.reason(), asked.killAt())))
            .orElse(asked);
    PodState stopping = new PodState(pod, startTime, containers, Optional.of(next), life);
    for (Container container : containers) {
      if (container.state() instanceof ContainerState.Stopping told
          && next.killAt().isBefore(told.killAt())) {
        stopping = stopping.with(container.name(), each -> each.stopping(next.killAt()));
      }
    }
    return stopping;
  }

  /// A container has ended: for good, or to be started again, as its role and the pod's policy say.
  public PodState ended(String name, Termination termination, Backoff backoff) {
    Container container = container(name);
    boolean again =
        stop.isEmpty()
            && container.spec().role().restartsAfter(termination.exitCode(), pod.restartPolicy());
    if (!again) {
      return with(name, each -> each.ended(termination));
    }
    PodIdentity who = pod.identity();
    String message =
        "container=%s pod=%s_%s(%s)".formatted(name, who.name(), who.namespace(), who.uid());
    return with(name, each -> each.restarting(termination, backoff, message));
  }

  /// Nothing of the pod is left. A container that should have run and did not is said to have
  /// failed.
  public PodState finished() {
    boolean initialized = isInitialized();
    List<Container> ended = new ArrayList<>(containers);
    ended.replaceAll(each ->
        initialized && each.spec().role() == Role.REGULAR && !each.hasEnded()
            ? each.ended(Termination.unknown())
            : each);
    return new PodState(pod, startTime, ended, stop, Life.FINISHED);
  }

  public boolean isFinished() {
    return life == Life.FINISHED;
  }

  /// Whether the init containers are done and the sidecars among them have started.
  boolean isInitialized() {
    return regular().anyMatch(each -> !each.isUntouched()) || init().allMatch(Container::isPassed);
  }

  boolean isActive() {
    return containers.stream().anyMatch(each -> each.state().isActive());
  }

  Stream<Container> init() {
    return containers.stream().filter(each -> each.spec().role() != Role.REGULAR);
  }

  Stream<Container> regular() {
    return containers.stream().filter(each -> each.spec().role() == Role.REGULAR);
  }

  List<Container> sidecars() {
    return containers.stream().filter(each -> each.spec().role() == Role.SIDECAR).toList();
  }
}
