package io.multijob.servo.admission;

import io.multijob.protocol.Command;

/// Is told of settings of the service that do not fit a pod, so that the service learns of it and
/// they are not offered again. Called for each such pod, by many threads at once; returns at once.
@FunctionalInterface
public interface Refusals {

  /// The settings of this app do not fit its pod.
  ///
  /// @param message names what does not fit, for a person
  void unfit(String appId, Command.Adjust command, String message);
}
