package io.multijob.servo.admission;

import io.multijob.protocol.Command;
import io.multijob.servo.adjustment.PodSettings;
import io.multijob.servo.conversation.Agreement.Freshness;

/// What became of the service's settings in a pod.
public sealed interface Adjustment {

  /// They are in it.
  record Applied(PodSettings settings, Freshness freshness) implements Adjustment {}

  /// They would be in it: the pod only says so.
  record Rehearsed(PodSettings settings) implements Adjustment {}

  /// They do not fit it, and none of them is in it.
  ///
  /// @param message names what does not fit, for a person
  record Unfit(Command.Adjust command, String message) implements Adjustment {}

  /// There were none.
  record None(String reason) implements Adjustment {}
}
