package io.multijob.servo.stats;

import io.multijob.servo.pod.ContainerState;
import io.multijob.servo.pod.Pod;
import io.multijob.servo.pod.PodApp;
import io.multijob.servo.pod.RunEnd;
import io.multijob.servo.pod.RunEnd.EndClock;
import io.multijob.servo.pod.RunEnd.RunSpan;
import io.multijob.servo.pod.RunEnds;
import java.time.Instant;
import java.util.Optional;

/// A run that has ended and may still get its statistics.
///
/// @param pod as it was last seen
/// @param before what was known of the workload before its end was seen
/// @param seen when its end was first seen, by our clock
/// @param presence whether the pod is still there
record EndedRun(Pod pod, ContainerState before, Instant seen, Presence presence) implements Stage {

  /// Whether a pod still exists.
  enum Presence {
    THERE,
    GONE
  }

  /// The run of `pod`, if it is over.
  static Optional<EndedRun> of(Pod pod, LivePod before, Instant now) {
    Pod ours = withApp(pod, before.app());
    return RunEnds.of(ours, before.workload(), now)
        .map(end -> new EndedRun(ours, before.workload(), now, Presence.THERE));
  }

  /// The run of a pod that is no more.
  static EndedRun ofGone(Pod pod, LivePod before, Instant now) {
    return new EndedRun(withApp(pod, before.app()), before.workload(), now, Presence.GONE);
  }

  /// The same run, seen again.
  EndedRun next(Pod again) {
    Pod ours = withApp(again, pod.app());
    return RunEnds.of(ours, before, seen).isPresent()
        ? new EndedRun(ours, before, seen, presence)
        : this;
  }

  /// The same run; its pod is no more.
  EndedRun gone() {
    return new EndedRun(pod, before, seen, Presence.GONE);
  }

  RunEnd end() {
    return RunEnds.ofDeleted(pod, before, seen);
  }

  /// True when the kubelet has told the workload's end, or will never tell it.
  boolean settled() {
    return presence == Presence.GONE
        || !(end().span() instanceof RunSpan.Ran ran && ran.clock() == EndClock.SERVO);
  }

  private static Pod withApp(Pod pod, PodApp app) {
    return new Pod(pod.identity(), app, pod.times(), pod.status(), pod.marks());
  }
}
