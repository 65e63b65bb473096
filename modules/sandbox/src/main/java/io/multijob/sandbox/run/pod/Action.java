package io.multijob.sandbox.run.pod;

import java.time.Instant;

/// What a kubelet does next for a pod.
public sealed interface Action {

  /// Starts a container.
  record Start(String container) implements Action {}

  /// Begins to end all containers, as the pod is over.
  record StopAll() implements Action {}

  /// Tells a container to end.
  ///
  /// @param killAt when it will be killed if it has not
  record Terminate(String container, Instant killAt) implements Action {}

  /// Kills a container.
  record Kill(String container) implements Action {}

  /// Nothing is left: the pod ends.
  record Finish() implements Action {}
}
