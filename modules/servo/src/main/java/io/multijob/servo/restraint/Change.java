package io.multijob.servo.restraint;

/// What we do to a pod that is about to start, and may have to leave.
public enum Change {
  /// Podmon is put into it.
  INJECTION,
  /// Its resources or environment are set.
  ADJUSTMENT
}
