package io.multijob.bench.latency;

import io.multijob.bench.Bench;
import io.multijob.bench.Workshop;
import io.multijob.bench.figure.Beside;
import io.multijob.bench.figure.Figure;
import io.multijob.bench.figure.Goal;
import io.multijob.bench.figure.Spread;
import io.multijob.bench.pod.Variant;
import io.multijob.e2e.cluster.TestCluster;
import io.multijob.e2e.cluster.TestNamespace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// On the cluster of `KUBECONFIG`: each way for figures to come, at each rate, in turn.
public final class LatencyBench implements Bench {
  private static final int SECONDS = 6;
  private static final int WARM_UP_SECONDS = 6;
  private static final List<Integer> RATES = List.of(100, 200);
  private static final double MEDIAN_GOAL_MS = 5;
  private static final double P99_GOAL_MS = 25;
  private static final double CPU_GOAL_MS = 0.5;

  @Override
  public String name() {
    return "latency";
  }

  /// One way at one rate.
  private record Case(Variant variant, int rate) {
    String name(String what) {
      return "latency.%s-%d.%s".formatted(variant.name().toLowerCase(Locale.ROOT), rate, what);
    }
  }

  @Override
  public List<Figure> measure(Workshop workshop) throws Exception {
    Map<Case, List<Timing>> timings = new LinkedHashMap<>();
    try (TestCluster cluster = TestCluster.ofEnvironment();
        TestNamespace namespace = cluster.createNamespace("bench");
        Stand stand = Stand.start(cluster, namespace.name(), Map.of(), workshop)) {
      for (Variant variant : Variant.values()) {
        stand.time(variant, RATES.getLast(), WARM_UP_SECONDS);
      }
      for (int round = 1; round <= workshop.rounds(); round++) {
        for (Variant variant : Variant.values()) {
          for (int rate : RATES) {
            Timing timing = stand.time(variant, rate, SECONDS);
            timings
                .computeIfAbsent(new Case(variant, rate), first -> new ArrayList<>())
                .add(timing);
            workshop.tell(
                "latency: %d pods/s %s, median %.2f ms, p99 %.2f ms, %.2f ms of CPU a pod; watch alone %.2f and %.2f ms"
                    .formatted(
                        rate,
                        variant.words(),
                        timing.report().median(),
                        timing.report().p99(),
                        timing.cpu(),
                        timing.watch().median(),
                        timing.watch().p99()));
          }
        }
      }
    }
    List<Figure> figures = new ArrayList<>();
    timings.forEach((what, all) -> figures.addAll(figures(what, all)));
    return figures;
  }

  private static List<Figure> figures(Case what, List<Timing> timings) {
    String about = "%d pods/s %s".formatted(what.rate(), what.variant().words());
    return List.of(
        Figure.of(
            what.name("median"),
            "ms",
            about,
            spread(timings, timing -> timing.report().median()),
            new Goal.AtMost(MEDIAN_GOAL_MS),
            Beside.measured(
                "a bare watch", spread(timings, timing -> timing.watch().median()).median()),
            Original.latency(what.variant())),
        Figure.of(
            what.name("p99"),
            "ms",
            about,
            spread(timings, timing -> timing.report().p99()),
            new Goal.AtMost(P99_GOAL_MS),
            Beside.measured(
                "a bare watch", spread(timings, timing -> timing.watch().p99()).median())),
        Figure.plain(
            what.name("max"), "ms", about, spread(timings, timing -> timing.report().max())),
        Figure.of(
            what.name("cpu"),
            "ms",
            "of CPU for a pod, " + about,
            spread(timings, Timing::cpu),
            new Goal.AtMost(CPU_GOAL_MS),
            Original.cpu()));
  }

  private static Spread spread(List<Timing> timings, ToDoubleFunction<Timing> value) {
    return Spread.of(timings.stream().map(value::applyAsDouble).toList());
  }
}
