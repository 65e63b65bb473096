package io.multijob.sandbox.run.pod;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A pod, as its author wants it.
///
/// @param containers those for initialization first, each kind in the author's order
/// @param grace from TERM to KILL
/// @param activeDeadline how long it may run
public record Pod(
    PodIdentity identity,
    QosLevel qos,
    RestartPolicy restartPolicy,
    List<ContainerSpec> containers,
    Duration grace,
    Optional<Duration> activeDeadline) {

  public Pod {
    containers = List.copyOf(containers);
  }
}
