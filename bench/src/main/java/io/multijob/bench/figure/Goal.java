package io.multijob.bench.figure;

/// What a figure should be.
public sealed interface Goal {

  record AtMost(double value) implements Goal {}

  record AtLeast(double value) implements Goal {}

  /// The figure is there to judge others by.
  record None() implements Goal {}

  /// Whether `value` is as good as wanted.
  default boolean met(double value) {
    return switch (this) {
      case AtMost(double most) -> value <= most;
      case AtLeast(double least) -> value >= least;
      case None() -> true;
    };
  }
}
