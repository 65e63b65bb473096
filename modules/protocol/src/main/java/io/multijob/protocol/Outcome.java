package io.multijob.protocol;

/// What became of a run.
public sealed interface Outcome {

  /// It ran, whether or not it did its work: how it ended is in the annotations.
  record Measured(Metrics metrics) implements Outcome {}

  /// It never ran.
  ///
  /// @param message why, for a person
  record Failed(String message) implements Outcome {}
}
