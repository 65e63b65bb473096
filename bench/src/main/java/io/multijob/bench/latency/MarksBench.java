package io.multijob.bench.latency;

import io.multijob.bench.Bench;
import io.multijob.bench.Workshop;
import io.multijob.bench.figure.Beside;
import io.multijob.bench.figure.Figure;
import io.multijob.bench.figure.Spread;
import io.multijob.bench.pod.Variant;
import io.multijob.e2e.cluster.TestCluster;
import io.multijob.e2e.cluster.TestNamespace;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// What it costs to write on pods: three servos, each with a namespace of its own, take the same
/// rush in turn. One writes nothing, as before there were marks; one marks; one holds as well.
public final class MarksBench implements Bench {
  private static final int RATE = 100;
  private static final int SECONDS = 6;

  /// What is written on pods.
  private enum Writing {
    NOTHING("no marks"),
    MARKS("marked"),
    HOLDS("held and marked");

    private final String words;

    Writing(String words) {
      this.words = words;
    }

    Map<String, String> settings() {
      return switch (this) {
        case NOTHING -> Map.of("MARK_PODS", "false");
        case MARKS -> Map.of();
        case HOLDS -> Map.of("HOLD_PODS", "true");
      };
    }
  }

  @Override
  public String name() {
    return "marks";
  }

  @Override
  public List<Figure> measure(Workshop workshop) throws Exception {
    Map<Writing, List<Timing>> timings = new EnumMap<>(Writing.class);
    try (TestCluster cluster = TestCluster.ofEnvironment();
        TestNamespace first = cluster.createNamespace("bench");
        TestNamespace second = cluster.createNamespace("bench");
        TestNamespace third = cluster.createNamespace("bench");
        Stand nothing = Stand.start(cluster, first.name(), Writing.NOTHING.settings(), workshop);
        Stand marks = Stand.start(cluster, second.name(), Writing.MARKS.settings(), workshop);
        Stand holds = Stand.start(cluster, third.name(), Writing.HOLDS.settings(), workshop)) {
      Map<Writing, Stand> stands =
          new EnumMap<>(
              Map.of(Writing.NOTHING, nothing, Writing.MARKS, marks, Writing.HOLDS, holds));
      for (Stand stand : stands.values()) {
        stand.time(Variant.PLAIN, RATE, SECONDS);
      }
      for (int round = 1; round <= workshop.rounds(); round++) {
        for (Map.Entry<Writing, Stand> each : stands.entrySet()) {
          Timing timing = each.getValue().time(Variant.PLAIN, RATE, SECONDS);
          timings.computeIfAbsent(each.getKey(), none -> new ArrayList<>()).add(timing);
          workshop.tell(
              "marks: %d pods/s %s, median %.2f ms, p99 %.2f ms, %.2f ms of CPU a pod"
                  .formatted(
                      RATE,
                      each.getKey().words,
                      timing.report().median(),
                      timing.report().p99(),
                      timing.cpu()));
        }
      }
    }
    List<Figure> figures = new ArrayList<>();
    for (Writing writing : Writing.values()) {
      figures.add(figure(timings, writing, "median", timing -> timing.report().median()));
      figures.add(figure(timings, writing, "p99", timing -> timing.report().p99()));
      figures.add(figure(timings, writing, "cpu", Timing::cpu));
    }
    return figures;
  }

  private static Figure figure(
      Map<Writing, List<Timing>> timings,
      Writing writing,
      String what,
      ToDoubleFunction<Timing> value) {
    String name = "marks.%s.%s".formatted(writing.name().toLowerCase(Locale.ROOT), what);
    String about = "%d pods/s, %s".formatted(RATE, writing.words);
    Spread spread = spread(timings, writing, value);
    return writing == Writing.NOTHING
        ? Figure.plain(name, "ms", about, spread)
        : Figure.plain(
            name,
            "ms",
            about,
            spread,
            Beside.measured(
                Writing.NOTHING.words, spread(timings, Writing.NOTHING, value).median()));
  }

  private static Spread spread(
      Map<Writing, List<Timing>> timings, Writing writing, ToDoubleFunction<Timing> value) {
    return Spread.of(
        timings.getOrDefault(writing, List.of()).stream().map(value::applyAsDouble).toList());
  }
}
