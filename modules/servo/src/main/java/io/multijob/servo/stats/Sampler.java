package io.multijob.servo.stats;

import io.multijob.servo.pod.Pod;
import java.util.Optional;

/// Can be asked what a pod's node has sampled of it.
@FunctionalInterface
public interface Sampler {

  /// Asks. Does not wait: the answer comes once, soon, and by another thread.
  void ask(Pod pod, Answer answer);

  /// Takes what was sampled.
  @FunctionalInterface
  interface Answer {

    /// The node has answered, or will not.
    ///
    /// @param sample nothing when the node knows the pod no more, or not yet, or cannot be asked
    void came(Optional<Sample> sample) throws InterruptedException;
  }
}
