package io.multijob.sandbox.run;

import io.multijob.sandbox.run.pod.Termination;
import io.multijob.sandbox.run.process.ContainerProcess;
import tools.jackson.databind.node.ObjectNode;

/// What a pod's worker is told.
sealed interface PodEvent {

  /// The API server has this now.
  record Observed(ObjectNode document) implements PodEvent {}

  /// The API server has the pod no more.
  record Gone() implements PodEvent {}

  /// The sandbox ends.
  record Shutdown() implements PodEvent {}

  /// A container has its process.
  record Running(String container, String id, ContainerProcess process) implements PodEvent {}

  /// A container does what it is for.
  record Started(String container) implements PodEvent {}

  /// A container has ended, or could not be started; its group is gone.
  record Ended(String container, Termination termination) implements PodEvent {}
}
