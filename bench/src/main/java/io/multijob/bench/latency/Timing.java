package io.multijob.bench.latency;

import io.multijob.bench.figure.Spread;
import java.util.Collection;

/// What one rush took.
///
/// @param report from the end of a pod to its report
/// @param watch from the end of a pod to a bare watch's being told of it
/// @param cpu of the servo for a pod, in milliseconds
record Timing(Delays report, Delays watch, double cpu) {

  /// Many delays, in milliseconds.
  record Delays(double median, double p99, double max) {
    private static final double NANOS_PER_MILLI = 1e6;

    static Delays of(Collection<Long> nanos) {
      double[] sorted =
          nanos.stream().mapToDouble(delay -> delay / NANOS_PER_MILLI).sorted().toArray();
      return new Delays(
          Spread.quantile(sorted, 0.5), Spread.quantile(sorted, 0.99), sorted[sorted.length - 1]);
    }
  }
}
