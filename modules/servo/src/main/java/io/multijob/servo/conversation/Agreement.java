package io.multijob.servo.conversation;

import io.multijob.protocol.Command;

/// What a pod that is about to start should be given.
public sealed interface Agreement {

  /// These settings, as the service gave them: whether they fit the pod is still to be seen.
  record Adjust(Command.Adjust command, Freshness freshness) implements Agreement {}

  /// What its author gave it, for the service was asked and wants nothing else. What a policy has
  /// set before us is taken back.
  ///
  /// @param reason what the service said, for a person
  record AsAuthored(String reason) implements Agreement {}

  /// What it has, for the service's wish is not known.
  ///
  /// @param reason why, for a person
  record Unchanged(String reason) implements Agreement {}

  /// How new the settings are.
  enum Freshness {
    /// The service asked for them in this conversation, or since the app's last pod.
    FRESH,
    /// A pod of the app was given them before: the service could not be asked now.
    KEPT
  }
}
