package io.multijob.sandbox.api.registry;

/// Which part of an object a write is for.
public enum Part {
  /// All but its status.
  OBJECT,
  /// Its status: the `status` subresource.
  STATUS,
  /// The node that a pod runs on: the `binding` subresource.
  PLACEMENT
}
