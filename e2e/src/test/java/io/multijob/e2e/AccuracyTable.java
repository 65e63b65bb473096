package io.multijob.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/// Figures beside the truth, a line for each run; kept below `target` for the benchmarks. Used by
/// one thread.
final class AccuracyTable {
  private static final JsonMapper JSON = new JsonMapper();

  private final String file;
  private final List<Line> lines = new ArrayList<>();

  AccuracyTable(String file) {
    this.file = file;
  }

  private record Line(String figure, String unit, String goal, double ours, double truth) {
    double difference() {
      return ours - truth;
    }
  }

  void add(String figure, String unit, String goal, double ours, double truth) {
    lines.add(new Line(figure, unit, goal, ours, truth));
  }

  /// The median of the distances from the truth, in the figure's unit.
  double medianOf(String figure) {
    double[] sorted = distances(figure).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  /// How many values of the figure there are.
  int countOf(String figure) {
    return linesOf(figure).size();
  }

  /// The greatest distance from the truth, in the figure's unit.
  double worstOf(String figure) {
    return distances(figure).max().orElseThrow();
  }

  /// The greatest distance from the truth, as a part of it.
  double worstShareOf(String figure) {
    return linesOf(figure).stream()
        .mapToDouble(line -> Math.abs(line.difference()) / line.truth)
        .max()
        .orElseThrow();
  }

  /// Writes all lines as JSON, and prints what each figure comes to.
  void write() throws IOException {
    ArrayNode array = JSON.createArrayNode();
    for (Line line : lines) {
      array
          .addObject()
          .put("figure", line.figure)
          .put("unit", line.unit)
          .put("goal", line.goal)
          .put("ours", line.ours)
          .put("truth", line.truth)
          .put("difference", line.difference());
    }
    Files.writeString(Path.of("target", file), array.toPrettyString() + "\n", UTF_8);
    System.out.println(summary());
  }

  /// What each figure comes to, a line for each.
  String summary() {
    return lines.stream()
        .map(Line::figure)
        .distinct()
        .map(this::summary)
        .collect(Collectors.joining("\n"));
  }

  private String summary(String figure) {
    List<Line> all = linesOf(figure);
    DoubleSummaryStatistics differences =
        all.stream().mapToDouble(Line::difference).summaryStatistics();
    return "%-24s %-6s goal %-22s %d runs: ours %.3f, truth %.3f; difference median %.3f, %.3f to %.3f"
        .formatted(
            figure,
            all.getFirst().unit,
            all.getFirst().goal,
            all.size(),
            all.stream().mapToDouble(Line::ours).average().orElseThrow(),
            all.stream().mapToDouble(Line::truth).average().orElseThrow(),
            medianOf(figure),
            differences.getMin(),
            differences.getMax());
  }

  private DoubleStream distances(String figure) {
    return linesOf(figure).stream().mapToDouble(line -> Math.abs(line.difference()));
  }

  private List<Line> linesOf(String figure) {
    return lines.stream().filter(line -> line.figure.equals(figure)).toList();
  }
}
