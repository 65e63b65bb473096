package io.multijob.servo.pod;

import java.util.List;
import java.util.Optional;

/// What is said of a pod as a whole, and of each container.
///
/// @param reason why the pod failed, such as `Evicted`; mostly empty
/// @param message the same in a sentence; mostly empty
/// @param containers init containers first, each kind in the order of the status
public record PodStatus(
    PodPhase phase,
    String reason,
    String message,
    PodConditions conditions,
    List<ContainerStatus> containers) {

  public PodStatus {
    containers = List.copyOf(containers);
  }

  public Optional<ContainerStatus> container(ContainerKind kind, String name) {
    for (ContainerStatus container : containers) {
      if (container.kind() == kind && container.name().equals(name)) {
        return Optional.of(container);
      }
    }
    return Optional.empty();
  }
}
