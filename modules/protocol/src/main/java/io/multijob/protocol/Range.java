package io.multijob.protocol;

/// A setting that takes any number within bounds: `cpu` in cores, `mem` in bytes, others in a unit
/// of their own.
///
/// @param value what it is now; may lie outside the bounds
/// @param min the least it may be set to
/// @param max the most it may be set to
/// @param step what its values are multiples of, counted from `min`; 0 if any will do
/// @param unit empty if it is not said
public record Range(double value, double min, double max, double step, String unit) {

  public Range {
    requireFinite("value", value);
    requireFinite("min", min);
    requireFinite("max", max);
    requireFinite("step", step);
    if (max < min) {
      throw new IllegalArgumentException("max " + max + " is less than min " + min);
    }
    if (step < 0) {
      throw new IllegalArgumentException("step is negative: " + step);
    }
  }

  /// A range whose unit is not said.
  public Range(double value, double min, double max, double step) {
    this(value, min, max, step, "");
  }

  private static void requireFinite(String what, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(what + " is not finite: " + value);
    }
  }
}
