package io.multijob.servo.adjustment;

/// What an ADJUST comes to for a pod.
public sealed interface Adjusted {

  /// It fits.
  ///
  /// @param settings what to set; [PodSettings#NONE] if it asks for nothing
  record Fit(PodSettings settings) implements Adjusted {}

  /// It does not, and the pod is to start unchanged.
  ///
  /// @param message what of it does not and why, for a person at the service; names each component,
  ///   setting and value that is at fault
  record Unfit(String message) implements Adjusted {}
}
