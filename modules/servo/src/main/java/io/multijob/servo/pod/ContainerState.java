package io.multijob.servo.pod;

import java.time.Instant;
import java.util.Set;

/// What the kubelet says of one container.
public sealed interface ContainerState {

  /// Nothing has been said.
  Waiting UNKNOWN = new Waiting("", "");

  /// Not started.
  ///
  /// @param reason such as `ImagePullBackOff`; may be empty
  record Waiting(String reason, String message) implements ContainerState {
    /// What every container waits for before it starts.
    private static final Set<String> USUAL = Set.of("", "ContainerCreating", "PodInitializing");

    /// True when something is in the way of its start.
    public boolean hindered() {
      return !USUAL.contains(reason);
    }
  }

  record Running(Instant started) implements ContainerState {}

  /// Ended.
  ///
  /// @param exit what the process exited with; 128 and the signal for one that was killed
  /// @param message the container's termination message: for podmon its figures
  record Terminated(Lifetime lifetime, int exit, String reason, String message)
      implements ContainerState {}

  /// From when to when a container that has ended had run, in whole seconds of the kubelet's clock.
  sealed interface Lifetime {

    record Lived(Instant started, Instant finished) implements Lifetime {}

    /// The kubelet knows no start: it never started, or the kubelet lost sight of it.
    record Unseen() implements Lifetime {}
  }
}
