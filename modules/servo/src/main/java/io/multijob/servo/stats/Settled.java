package io.multijob.servo.stats;

/// A run whose report is made.
enum Settled implements Stage {
  /// On its way to the sink.
  HANDED_OVER,
  /// On its way to the sink, and its pod is no more.
  HANDED_OVER_AND_GONE,
  /// The sink has it.
  REPORTED;

  /// The same, now that the pod is no more.
  Settled gone() {
    return this == REPORTED ? REPORTED : HANDED_OVER_AND_GONE;
  }
}
