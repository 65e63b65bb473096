package io.multijob.bench.figure;

/// What a figure is to be compared with.
///
/// @param name of what was measured or recorded
/// @param value in the unit of the figure
public record Beside(String name, double value, Origin origin) {

  /// Where the value is from.
  public enum Origin {
    /// Measured in the same run, on the same machine.
    MEASURED,
    /// Taken down earlier, on another machine: an order of magnitude.
    RECORDED
  }

  public static Beside measured(String name, double value) {
    return new Beside(name, value, Origin.MEASURED);
  }

  public static Beside recorded(String name, double value) {
    return new Beside(name, value, Origin.RECORDED);
  }
}
