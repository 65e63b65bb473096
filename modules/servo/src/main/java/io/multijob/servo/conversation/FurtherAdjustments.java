package io.multijob.servo.conversation;

import io.multijob.protocol.Command;
import io.multijob.servo.pod.PodRef;

/// Is told of what the service wants for the next pod of an app, where something has to be done
/// about it before there is one. Called by threads of its own; may block.
@FunctionalInterface
public interface FurtherAdjustments {
  /// Nothing has to be done: the next pod's conversation finds it.
  FurtherAdjustments NONE = (appId, pod, command) -> {};

  /// The service wants this.
  ///
  /// @param pod one of the app, which may be gone
  void wanted(String appId, PodRef pod, Command.Adjust command) throws InterruptedException;
}
