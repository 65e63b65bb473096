package io.multijob.optune.store;

/// How the values of one figure are spread over some runs.
///
/// @param count how many runs have the figure; with 0 the other components are 0 and mean nothing
/// @param sum of all
/// @param median within a quarter of a percent
/// @param p95 what 95 of 100 do not exceed, within a quarter of a percent
/// @param greatest of all, exactly
public record Spread(long count, double sum, double median, double p95, double greatest) {

  static Spread of(Distribution values) {
    return values.count() == 0
        ? new Spread(0, 0, 0, 0, 0)
        : new Spread(
            values.count(),
            values.sum(),
            values.quantile(0.5),
            values.quantile(0.95),
            values.quantile(1));
  }
}
