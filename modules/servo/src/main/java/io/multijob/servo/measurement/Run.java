package io.multijob.servo.measurement;

import io.multijob.servo.pod.Pod;
import io.multijob.servo.pod.RunEnd;

/// A run that is over, with all that will be known of it.
///
/// @param pod as it was last seen
public record Run(Pod pod, RunEnd end, RunStats stats) {

  /// The id of the run: its pod's uid.
  public String id() {
    return pod.uid();
  }

  public String appId() {
    return pod.app().id();
  }
}
