package io.multijob.sandbox.api.table;

import java.time.Duration;

/// A time span in two or three significant digits: `45s`, `3m10s`, `5d3h`, as
/// `k8s.io/apimachinery/pkg/util/duration`.
final class HumanDuration {
  private static final long MINUTE = 60;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;
  private static final long YEAR = 365 * DAY;

  private HumanDuration() {}

  static String format(Duration duration) {
    long seconds = duration.toSeconds();
    if (duration.compareTo(Duration.ofSeconds(-1)) <= 0) {
      return "<invalid>";
    }
    if (seconds < 2 * MINUTE) {
      return Math.max(0, seconds) + "s";
    }
    if (seconds < 10 * MINUTE) {
      return two(seconds, MINUTE, "m", 1, "s");
    }
    if (seconds < 3 * HOUR) {
      return seconds / MINUTE + "m";
    }
    if (seconds < 8 * HOUR) {
      return two(seconds, HOUR, "h", MINUTE, "m");
    }
    if (seconds < 2 * DAY) {
      return seconds / HOUR + "h";
    }
    if (seconds < 8 * DAY) {
      return two(seconds, DAY, "d", HOUR, "h");
    }
    if (seconds < 2 * YEAR) {
      return seconds / DAY + "d";
    }
    return seconds < 8 * YEAR ? two(seconds, YEAR, "y", DAY, "d") : seconds / YEAR + "y";
  }

  private static String two(
      long seconds, long large, String largeUnit, long small, String smallUnit) {
    long rest = seconds % large / small;
    return seconds / large + largeUnit + (rest == 0 ? "" : rest + smallUnit);
  }
}
