package io.multijob.sandbox.api.registry;

/// Whether a write is meant.
public enum WriteMode {
  COMMIT,
  /// All checks are made, and nothing is kept.
  DRY_RUN
}
