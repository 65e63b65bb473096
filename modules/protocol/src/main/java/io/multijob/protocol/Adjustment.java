package io.multijob.protocol;

/// What became of an adjustment that the service asked for.
public sealed interface Adjustment extends Event {

  /// A pod was seen with the values.
  record Applied() implements Adjustment {}

  /// The pod was refused, or the values were not fit.
  ///
  /// @param message why, for a person
  record Failed(String message) implements Adjustment {}
}
