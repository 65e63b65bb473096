package io.multijob.servo.stats;

import io.multijob.servo.pod.ContainerState;
import io.multijob.servo.pod.ContainerStatus;
import io.multijob.servo.stats.EndedRun.Presence;
import io.multijob.servo.stats.StatsTiming.Posts;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Decides when a run that has ended is complete: when the workload and podmon's container have
/// ended, or there is none; when podmon has posted and will say no more; when the node has answered
/// for a monitor that says nothing; or when the deadline has passed.
final class Completion {
  private final Posts posts;
  private final Duration deadline;
  private final SampledStats samples;

  Completion(StatsTiming timing, SampledStats samples) {
    this.samples = samples;
    this.posts = timing.posts();
    this.deadline = timing.deadline();
  }

  /// When `run` is complete at the latest.
  Instant latest(EndedRun run) {
    return run.seen().plus(deadline);
  }

  /// True when what was posted is all that podmon says. While it runs beside the workload, it is
  /// yet to say the same in the pod's status, where the kubelet vouches for it.
  boolean postedIsAll(EndedRun run) {
    return run.presence() == Presence.GONE
        || run.pod()
            .monitor()
            .filter(monitor -> monitor.state() instanceof ContainerState.Running)
            .isEmpty();
  }

  /// True when nothing more is to come.
  boolean complete(EndedRun run, Sampling sampling) {
    if (!run.settled()) {
      return false;
    }
    Optional<ContainerStatus> monitor = run.pod().monitor();
    if (monitor.isEmpty()) {
      return true;
    }
    return switch (monitor.get().state()) {
      case ContainerState.Terminated ended -> !samples.awaited(run, sampling);
      case ContainerState.Running running ->
          (run.presence() == Presence.GONE && posts == Posts.NOT_EXPECTED)
              || samples.enough(run, sampling);
      case ContainerState.Waiting waiting ->
          run.presence() == Presence.GONE || run.pod().status().phase().ended();
    };
  }
}
