package io.multijob.bench.figure;

import io.multijob.bench.figure.Circumstances.Machine;
import io.multijob.bench.figure.Circumstances.TreeState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Results as a table in Markdown, for people.
public final class ResultsTable {
  private static final long BYTES_PER_GB = 1_000_000_000;

  private ResultsTable() {}

  public static String of(Results results) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("figure", "median", "spread (n)", "goal", "", "beside"));
    results.figures().forEach(figure -> rows.add(row(figure)));
    StringBuilder text = new StringBuilder();
    text.append(heading(results.circumstances())).append("\n\n");
    List<Integer> widths = widths(rows);
    for (int i = 0; i < rows.size(); i++) {
      text.append(line(rows.get(i), widths));
      if (i == 0) {
        text.append(line(widths.stream().map("-"::repeat).toList(), widths));
      }
    }
    return text.toString();
  }

  private static String heading(Circumstances circumstances) {
    Machine machine = circumstances.machine();
    String changed =
        circumstances.state() == TreeState.CHANGED ? ", with changes not committed" : "";
    return "Measured %s of commit %s%s, on %d cores (%s), %d GB, Linux %s, Java %s; load before %.1f."
        .formatted(
            circumstances.at(),
            circumstances.commit(),
            changed,
            machine.cores(),
            machine.processor(),
            machine.memory() / BYTES_PER_GB,
            machine.kernel(),
            machine.java(),
            circumstances.load());
  }

  private static List<String> row(Figure figure) {
    Spread spread = figure.spread();
    return List.of(
        "`%s` %s".formatted(figure.name(), figure.about()),
        "%s %s".formatted(number(spread.median()), figure.unit()),
        spread.n() == 1
            ? "once"
            : "%s .. %s (%d)".formatted(number(spread.min()), number(spread.max()), spread.n()),
        switch (figure.goal()) {
          case Goal.AtMost(double most) -> "<= " + number(most);
          case Goal.AtLeast(double least) -> ">= " + number(least);
          case Goal.None() -> "";
        },
        figure.goal() instanceof Goal.None ? "" : figure.met() ? "met" : "MISSED",
        figure.beside().stream().map(ResultsTable::beside).collect(Collectors.joining("; ")));
  }

  private static String beside(Beside other) {
    String origin = other.origin() == Beside.Origin.RECORDED ? " (recorded)" : "";
    return "%s: %s%s".formatted(other.name(), number(other.value()), origin);
  }

  /// Three digits that count, and whole numbers above that.
  static String number(double value) {
    double size = Math.abs(value);
    String format = size >= 100 || size == 0 ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, format, value);
  }

  private static List<Integer> widths(List<List<String>> rows) {
    List<Integer> widths = new ArrayList<>();
    for (int column = 0; column < rows.getFirst().size(); column++) {
      int at = column;
      widths.add(rows.stream().mapToInt(row -> row.get(at).length()).max().orElse(0));
    }
    return widths;
  }

  private static String line(List<String> cells, List<Integer> widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      line.append("| ").append(cells.get(i));
      line.append(" ".repeat(widths.get(i) - cells.get(i).length() + 1));
    }
    return line.append("|\n").toString();
  }
}
