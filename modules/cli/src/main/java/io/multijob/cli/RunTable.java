package io.multijob.cli;

import io.multijob.protocol.Annotation;
import io.multijob.protocol.Memory;
import io.multijob.protocol.Metric;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalDouble;

/// A table of runs that grows by a line for each run that the service has stored.
///
/// Used by one thread.
final class RunTable {
  private static final String ROW = "%-18s %-26s %10s %10s %10s  %s%n";

  private final PrintStream out;
  private final Paint paint;

  RunTable(PrintStream out, Paint paint) {
    this.out = out;
    this.paint = paint;
  }

  void printHead() {
    out.print(
        paint.dim(ROW.formatted("APP", "POD", "DURATION", "CPU", "PEAK", "END").stripTrailing()));
    out.println();
  }

  void print(StoredRun run) {
    out.print(
        ROW.formatted(
            shortened(run.appId(), 18),
            shortened(run.annotations().get(Annotation.POD).orElse("-"), 26),
            seconds(run.metrics().get(Metric.DURATION)),
            seconds(run.metrics().get(Metric.CPU_TIME)),
            memory(run.metrics().get(Metric.MAX_MEMORY)),
            end(run)));
    out.flush();
  }

  private String end(StoredRun run) {
    String reason = run.annotations().get(Annotation.REASON).orElse("-");
    StringBuilder end = new StringBuilder(reason);
    run.annotations()
        .get(Annotation.EXITCODE)
        .filter(code -> !code.equals("0"))
        .ifPresent(code -> end.append(" (exit code ").append(code).append(')'));
    String kills = run.annotations().get(Annotation.OOM_KILLS).orElse("0");
    if (!kills.equals("0")) {
      end.append(kills.equals("1") ? ", 1 OOM kill" : ", " + kills + " OOM kills");
    }
    boolean wentWell = reason.equals("Completed") && kills.equals("0");
    return wentWell ? paint.good(end.toString()) : paint.bad(end.toString());
  }

  /// To the millisecond where that says something.
  private static String seconds(OptionalDouble value) {
    if (value.isEmpty()) {
      return "-";
    }
    Duration rounded = Duration.ofMillis(Math.round(value.getAsDouble() * 1_000));
    return rounded.compareTo(Duration.ofHours(1)) < 0
        ? String.format(Locale.ROOT, "%.3f s", rounded.toMillis() / 1_000.0)
        : rounded.toString().substring(2).toLowerCase(Locale.ROOT);
  }

  private static String memory(OptionalDouble value) {
    if (value.isEmpty()) {
      return "-";
    }
    long bytes = new Memory((long) value.getAsDouble()).bytes();
    return bytes < 1 << 20
        ? String.format(Locale.ROOT, "%.0f KiB", bytes / 1024.0)
        : String.format(Locale.ROOT, "%.1f MiB", bytes / (1024.0 * 1024));
  }

  private static String shortened(String text, int width) {
    return text.length() <= width ? text : text.substring(0, width - 1) + "…";
  }
}
