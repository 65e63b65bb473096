package io.multijob.servo.stats;

import io.multijob.servo.pod.ContainerState;
import io.multijob.servo.pod.ContainerState.Running;
import io.multijob.servo.pod.ContainerState.Terminated;
import io.multijob.servo.pod.ContainerStatus;
import io.multijob.servo.pod.RunEnd.RunSpan;
import io.multijob.servo.stats.EndedRun.Presence;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Decides when the node is asked for figures of a run whose monitor tells none: an image that only
/// sleeps, which the kubelet ends within the pod's grace period. The kubelet knows the pod as long
/// as one of its containers lives, and a moment longer.
///
/// What podmon tells counts before all that is sampled, so as long as the monitor may be podmon, a
/// run with samples waits for its end as one without does.
///
/// @param sampler who is asked
/// @param monitors what the monitors of pods are
public record SampledStats(Sampler sampler, Monitors monitors) {
  /// Podmon tells what it knows within a few tenths of a second.
  private static final Duration MOMENT = Duration.ofSeconds(2);

  /// A kubelet looks at each group every ten to fifteen seconds.
  private static final Duration BETWEEN = Duration.ofSeconds(5);

  /// What runs as `zzzzmonitor`.
  public enum Monitors {
    /// Podmon, or something that only sleeps: podmon is given a moment.
    MAY_TELL,
    /// Something that only sleeps, for that is what we inject.
    NEVER_TELL,
    /// Nobody is asked.
    NOT_ASKED
  }

  /// Never asks.
  public static SampledStats off() {
    return new SampledStats((pod, answer) -> {}, Monitors.NOT_ASKED);
  }

  /// When the node is to be asked, which may be long ago; nothing when it need not be.
  Optional<Instant> due(EndedRun run, Sampling sampling) {
    if (sampling.underWay() || !knownToItsNode(run)) {
      return Optional.empty();
    }
    return switch (monitor(run)) {
      case Terminated ended ->
          ended.message().isBlank() && sampling.answers() == 0
              ? Optional.of(run.seen())
              : Optional.empty();
      case Running running when sampling.covers(finished(run)) -> Optional.empty();
      case Running running ->
          Optional.of(
              sampling.answers() == 0
                  ? run.seen().plus(moment())
                  : sampling.lastAsked().plus(BETWEEN));
      case ContainerState.Waiting waiting -> Optional.empty();
    };
  }

  /// True while the node's answer is worth waiting for, though the monitor has ended.
  boolean awaited(EndedRun run, Sampling sampling) {
    boolean toCome = sampling.underWay() || (sampling.answers() == 0 && knownToItsNode(run));
    return toCome && monitor(run) instanceof Terminated ended && ended.message().isBlank();
  }

  /// True when the samples are all that will ever come.
  boolean enough(EndedRun run, Sampling sampling) {
    return monitors == Monitors.NEVER_TELL && sampling.covers(finished(run));
  }

  /// The sample to report, if it is of the run: one from before the workload's start says nothing
  /// of it.
  static Optional<Sample> ofRun(EndedRun run, Sampling sampling) {
    return run.end().span() instanceof RunSpan.Ran(Instant started, var finished, var clock)
        ? sampling.sample().stream().filter(sample -> sample.at().isAfter(started)).findFirst()
        : Optional.empty();
  }

  /// Whether the kubelet may know anything: the workload has run, its end is told, and the pod is
  /// not over.
  private boolean knownToItsNode(EndedRun run) {
    return monitors != Monitors.NOT_ASKED
        && run.presence() == Presence.THERE
        && run.settled()
        && run.end().span() instanceof RunSpan.Ran
        && !run.pod().identity().node().isEmpty()
        && !run.pod().status().phase().ended();
  }

  private Duration moment() {
    return monitors == Monitors.NEVER_TELL ? Duration.ZERO : MOMENT;
  }

  private static ContainerState monitor(EndedRun run) {
    return run.pod().monitor().map(ContainerStatus::state).orElse(ContainerState.UNKNOWN);
  }

  private static Instant finished(EndedRun run) {
    return switch (run.end().span()) {
      case RunSpan.Ran ran -> ran.finished();
      case RunSpan.NeverRan() -> Instant.MAX;
    };
  }
}
