package io.multijob.bench.latency;

import io.multijob.bench.figure.Beside;
import io.multijob.bench.pod.Variant;

/// What the original system was measured at, on Kubernetes 1.37.2 on two cores.
final class Original {
  private static final String NAME = "the original";
  private static final double POSTED_MS = 3_062;
  private static final double CPU_MS = 12;
  private static final double REPORTS_A_MINUTE_WITHOUT_STATISTICS = 8;
  private static final double MILLIS_PER_MINUTE = 60_000;

  private Original() {}

  /// From the end to the report: at 50 pods/s where statistics are posted, and otherwise as often
  /// as it reports at all.
  static Beside latency(Variant variant) {
    return switch (variant) {
      case POSTED -> Beside.recorded(NAME + ", at 50 pods/s", POSTED_MS);
      case PLAIN, MESSAGE ->
          Beside.recorded(
              NAME + ", between two reports",
              MILLIS_PER_MINUTE / REPORTS_A_MINUTE_WITHOUT_STATISTICS);
    };
  }

  static Beside cpu() {
    return Beside.recorded(NAME, CPU_MS);
  }
}
