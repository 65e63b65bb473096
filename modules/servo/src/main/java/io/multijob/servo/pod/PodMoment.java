package io.multijob.servo.pod;

/// The moments of a pod's life that its object tells, to the second.
public enum PodMoment {
  CREATED,
  SCHEDULED,
  /// All init containers have ended, or have started in the case of sidecars.
  INITIALIZED,
  /// Somebody asked for its deletion. The API's `deletionTimestamp` is this plus the grace period.
  DELETION_ASKED
}
