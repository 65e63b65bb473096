package io.multijob.sandbox.run.pod;

import java.time.Duration;
import java.util.List;

/// A pod, as its author wants it, in what does not change.
///
/// @param containers those for initialization first, each kind in the author's order
/// @param grace from TERM to KILL
public record Pod(
    PodIdentity identity,
    QosLevel qos,
    RestartPolicy restartPolicy,
    List<ContainerSpec> containers,
    Duration grace) {

  public Pod {
    containers = List.copyOf(containers);
  }
}
