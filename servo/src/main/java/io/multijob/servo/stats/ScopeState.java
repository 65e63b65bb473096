package io.multijob.servo.stats;

/// How far the lists of one scope have come.
///
/// Belongs to [RunTracker], which guards it by its lock.
final class ScopeState {
  /// How many lists have begun.
  int listing;

  /// True once one was complete.
  boolean listed;
}
