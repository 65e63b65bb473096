package io.multijob.servo.stats;

/// One pod of ours, as long as it is there or its report is not made.
///
/// Belongs to [RunTracker], which guards it by its lock.
final class TrackedRun {
  final ScopeState scope;
  final String namespace;
  Stage stage;

  /// The list in which the pod was last seen, or which came before it was.
  int listing;

  TrackedRun(ScopeState scope, String namespace, Stage stage) {
    this.scope = scope;
    this.namespace = namespace;
    this.stage = stage;
    this.listing = scope.listing;
  }
}
