package io.multijob.servo.initializer;

import java.io.IOException;
import tools.jackson.databind.node.ObjectNode;

/// Knows what is to be changed in a pod that is about to start. Called by many threads at once.
@FunctionalInterface
public interface PodChange {

  /// The pod as it is wanted; as it is given, when it is none of ours.
  ///
  /// @param pod its document, which may be changed and returned
  /// @throws IOException if that cannot be found out: the pod starts unchanged
  /// @throws InterruptedException if it took too long, or we stop
  ObjectNode wanted(ObjectNode pod) throws IOException, InterruptedException;
}
