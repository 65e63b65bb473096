package io.multijob.servo;

import io.multijob.servo.adjustment.PodSettings;

/// Takes what an app's next pods are to be given by the policy, where there is one. Returns at
/// once.
@FunctionalInterface
interface NextSettings {
  /// The policy gives them to pods that are made from now on.
  ///
  /// @param settings [PodSettings#NONE] for none any more
  void put(String namespace, String appId, PodSettings settings);
}
