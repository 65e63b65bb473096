package io.multijob.servo.pod;

import io.multijob.servo.pod.ContainerState.Lifetime;
import io.multijob.servo.pod.ContainerState.Running;
import io.multijob.servo.pod.ContainerState.Terminated;
import io.multijob.servo.pod.ContainerState.Waiting;
import io.multijob.servo.pod.RunEnd.Cause;
import io.multijob.servo.pod.RunEnd.EndClock;
import io.multijob.servo.pod.RunEnd.Exit;
import io.multijob.servo.pod.RunEnd.RunSpan;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/// Decides whether a pod's run has ended, and how.
public final class RunEnds {
  /// What runtimes say of a process that they could not start; its times mean nothing.
  private static final Set<String> NEVER_STARTED =
      Set.of("StartError", "ContainerCannotRun", "CreateContainerError", "RunContainerError");

  /// What the kubelet says of a container that it cannot find any more, with an exit code that it
  /// made up
  /// ([source](https://github.com/kubernetes/kubernetes/blob/master/pkg/kubelet/status/status_manager.go)).
  private static final String LOST = "ContainerStatusUnknown";

  /// What runtimes say of a container as soon as the kernel has killed any process of it for lack
  /// of memory, whatever the container exits with in the end.
  private static final String OOM_KILLED = "OOMKilled";

  private RunEnds() {}

  /// How the run of `pod` ended; nothing while it has not.
  ///
  /// @param before what was known of the workload before this look at the pod: a kubelet that loses
  ///   sight of a container tells no times
  /// @param now when the pod was seen like this
  public static Optional<RunEnd> of(Pod pod, ContainerState before, Instant now) {
    ContainerState state = pod.workloadState();
    boolean podEnded = pod.status().phase().ended();
    if (state instanceof Terminated ended) {
      boolean again = pod.app().workload().restarts() == RestartPolicy.AGAIN && !podEnded;
      return again ? Optional.empty() : Optional.of(terminated(pod, ended, before, now));
    }
    if (podEnded) {
      return Optional.of(cutShort(pod, state, before, now, deletedOr(pod, cause(pod, "Error"))));
    }
    // Without a finalizer it would be gone by now.
    return pod.marks().leaving()
        ? Optional.of(cutShort(pod, state, before, now, cause(pod, "Deleted")))
        : Optional.empty();
  }

  /// How the run of a pod that is no more ended.
  ///
  /// @param pod as it was last seen
  /// @param now when it was seen to be gone
  public static RunEnd ofDeleted(Pod pod, ContainerState before, Instant now) {
    return of(pod, before, now)
        .orElseGet(() -> cutShort(pod, pod.workloadState(), before, now, cause(pod, "Deleted")));
  }

  private static RunEnd terminated(Pod pod, Terminated ended, ContainerState before, Instant now) {
    Exit exit = new Exit.Exited(ended.exit());
    if (NEVER_STARTED.contains(ended.reason())) {
      Cause cause = new Cause(ended.reason(), ended.message());
      return new RunEnd(new RunSpan.NeverRan(), exit, cause);
    }
    return switch (ended.lifetime()) {
      case Lifetime.Lived(Instant started, Instant finished) ->
          new RunEnd(
              new RunSpan.Ran(started, finished, EndClock.KUBELET),
              exit,
              causeOf(pod, ended, finished));
      case Lifetime.Unseen() -> {
        Cause told = new Cause(ended.reason(), ended.message());
        RunEnd end = cutShort(pod, before, before, now, deletedOr(pod, told));
        boolean made = ended.reason().equals(LOST);
        yield new RunEnd(end.span(), made ? new Exit.Unknown() : exit, end.cause());
      }
    };
  }

  /// The end of a workload of whose own end nobody told.
  private static RunEnd cutShort(
      Pod pod, ContainerState state, ContainerState before, Instant now, Cause otherwise) {
    ContainerState last = state instanceof Waiting && before instanceof Running ? before : state;
    if (last instanceof Running(Instant started)) {
      RunSpan span = new RunSpan.Ran(started, now, EndClock.SERVO);
      Cause cause = podCause(pod).orElse(otherwise);
      return new RunEnd(
          span, new Exit.Unknown(), explained(cause, "its workload ran when it was last seen"));
    }
    Cause cause = podCause(pod).or(() -> obstacle(pod, state, before)).orElse(otherwise);
    return new RunEnd(
        new RunSpan.NeverRan(), new Exit.Unknown(), explained(cause, "its workload never started"));
  }

  private static Cause cause(Pod pod, String word) {
    return new Cause(word, pod.status().message());
  }

  /// A kubelet that is asked to end a pod whose container it does not have calls that an error, or
  /// a loss.
  private static Cause deletedOr(Pod pod, Cause otherwise) {
    boolean asked = pod.times().at(PodMoment.DELETION_ASKED).isPresent();
    return asked ? cause(pod, "Deleted") : otherwise;
  }

  private static Cause explained(Cause cause, String otherwise) {
    return cause.message().isEmpty() ? new Cause(cause.reason(), otherwise) : cause;
  }

  private static Cause causeOf(Pod pod, Terminated ended, Instant finished) {
    boolean wellDone = ended.exit() == 0 && pod.status().reason().isEmpty();
    Optional<Cause> podCause = wellDone ? Optional.empty() : podCause(pod);
    if (podCause.isPresent()) {
      return podCause.get();
    }
    boolean asked =
        pod.times()
            .at(PodMoment.DELETION_ASKED)
            .filter(deletion -> !finished.isBefore(deletion))
            .isPresent();
    if (asked && ended.exit() != 0 && !OOM_KILLED.equals(ended.reason())) {
      return new Cause("Deleted", "the pod was deleted while it ran");
    }
    if (ended.exit() == 0 && OOM_KILLED.equals(ended.reason())) {
      return new Cause("Completed", "one of its processes was killed for lack of memory");
    }
    if (!ended.reason().isEmpty()) {
      return new Cause(ended.reason(), "");
    }
    return new Cause(ended.exit() == 0 ? "Completed" : "Error", "");
  }

  /// Why the pod as a whole had to end, where its status says so. Kubernetes' own words, but one
  /// word for what it has several for.
  private static Optional<Cause> podCause(Pod pod) {
    String message = pod.status().message();
    String reason = pod.status().reason();
    if (!reason.isEmpty() && pod.status().phase() != PodPhase.SUCCEEDED) {
      String word = "Preempting".equals(reason) ? "Preempted" : reason;
      return Optional.of(new Cause(word, message));
    }
    return switch (pod.status().conditions().disruption()) {
      case "" -> Optional.empty();
      case "PreemptionByScheduler", "PreemptionByKubeScheduler" ->
          Optional.of(new Cause("Preempted", message));
      case "EvictionByEvictionAPI" -> Optional.of(new Cause("Evicted", message));
      case "DeletionByPodGC", "DeletionByTaintManager" ->
          Optional.of(new Cause("NodeLost", message));
      default -> Optional.of(new Cause(pod.status().conditions().disruption(), message));
    };
  }

  /// What kept the workload from starting: an init container that failed, or what it waited for.
  private static Optional<Cause> obstacle(Pod pod, ContainerState state, ContainerState before) {
    for (ContainerStatus container : pod.status().containers()) {
      if (container.kind() == ContainerKind.INIT
          && container.state() instanceof Terminated ended
          && ended.exit() != 0
          && !container.name().equals(Pod.MONITOR)) {
        String word = ended.reason().isEmpty() ? "Error" : ended.reason();
        String message = "init container " + container.name() + " exited with " + ended.exit();
        return Optional.of(new Cause("Init:" + word, message));
      }
    }
    return waitingFor(state).or(() -> waitingFor(before));
  }

  private static Optional<Cause> waitingFor(ContainerState state) {
    return state instanceof Waiting waiting && waiting.hindered()
        ? Optional.of(new Cause(waiting.reason(), waiting.message()))
        : Optional.empty();
  }
}
