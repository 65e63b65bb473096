package io.multijob.bench.figure;

import java.util.Arrays;
import java.util.Collection;

/// Where the values of one figure lie, of several measurements of the same thing.
///
/// @param n how many values there are
public record Spread(double median, double min, double max, int n) {

  public Spread {
    if (n < 1 || !(min <= median && median <= max)) {
      throw new IllegalArgumentException(
          "no spread: %s <= %s <= %s of %d".formatted(min, median, max, n));
    }
  }

  /// Of one value that was measured once.
  public static Spread of(double value) {
    return new Spread(value, value, value, 1);
  }

  public static Spread of(Collection<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return new Spread(quantile(sorted, 0.5), sorted[0], sorted[sorted.length - 1], sorted.length);
  }

  /// The value below which that share of the values lies, between two of them by their distance (as
  /// `percentile_cont` of SQL).
  ///
  /// @param sorted from the least on; not empty
  /// @param share 0..1
  public static double quantile(double[] sorted, double share) {
    if (sorted.length == 0 || share < 0 || share > 1) {
      throw new IllegalArgumentException(
          "no quantile %s of %s".formatted(share, Arrays.toString(sorted)));
    }
    double place = share * (sorted.length - 1);
    int below = (int) Math.floor(place);
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }
}
