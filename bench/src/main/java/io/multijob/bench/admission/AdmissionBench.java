package io.multijob.bench.admission;

import io.multijob.bench.Bench;
import io.multijob.bench.Workshop;
import io.multijob.bench.admission.Creations.Delays;
import io.multijob.bench.api.ApiAddress;
import io.multijob.bench.figure.Beside;
import io.multijob.bench.figure.Figure;
import io.multijob.bench.figure.Goal;
import io.multijob.bench.figure.Spread;
import io.multijob.e2e.cluster.TestCluster;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// On the cluster of `KUBECONFIG`: pods are created at a rate, admitted in each way in turn. Each
/// has podmon and settings put in; by webhook after a conversation with a service on the loopback
/// interface.
public final class AdmissionBench implements Bench {
  private static final int RATE = 100;

  /// In each of these the API server collects its garbage several times.
  private static final int WARM_UP_SECONDS = 15;

  private static final int SECONDS = 20;

  private static final double ADDED_GOAL_MS = 10;

  @Override
  public String name() {
    return "admission";
  }

  @Override
  public List<Figure> measure(Workshop workshop) throws Exception {
    Map<Way, List<Delays>> delays = new EnumMap<>(Way.class);
    try (TestCluster cluster = TestCluster.ofEnvironment()) {
      Creations creations = new Creations(ApiAddress.of(cluster.kubeconfig()));
      for (int round = 0; round < workshop.rounds(); round++) {
        for (Way way : Way.values()) {
          delays
              .computeIfAbsent(way, first -> new ArrayList<>())
              .add(measure(cluster, way, creations, workshop));
        }
      }
    }
    List<Figure> figures = new ArrayList<>();
    delays.forEach((way, all) -> figures.addAll(figures(way, all, delays)));
    return figures;
  }

  /// One way at a time: the names of policy and webhook configuration are fixed.
  private static Delays measure(
      TestCluster cluster, Way way, Creations creations, Workshop workshop) throws Exception {
    try (AdmittedNamespace namespace = AdmittedNamespace.open(cluster, way, workshop)) {
      creations.time(namespace.name(), RATE, WARM_UP_SECONDS);
      Delays taken = creations.time(namespace.name(), RATE, SECONDS);
      namespace.requireAdmitted(way);
      workshop.tell(
          "admission: %d creations/s, %s: median %.2f ms, p99 %.2f ms"
              .formatted(RATE, way.word(), taken.median(), taken.p99()));
      return taken;
    }
  }

  private static List<Figure> figures(Way way, List<Delays> delays, Map<Way, List<Delays>> all) {
    String about = "%d creations/s, by %s".formatted(RATE, way.word());
    String name = "admission." + way.word();
    List<Figure> figures = new ArrayList<>();
    figures.add(Figure.plain(name + ".median", "ms", about, spread(delays, Delays::median)));
    figures.add(Figure.plain(name + ".p99", "ms", about, spread(delays, Delays::p99)));
    if (way != Way.NONE) {
      List<Delays> none = all.getOrDefault(Way.NONE, List.of());
      List<Double> added = new ArrayList<>();
      for (int round = 0; round < delays.size(); round++) {
        added.add(delays.get(round).p99() - none.get(round).p99());
      }
      figures.add(
          Figure.of(
              name + ".added",
              "ms",
              "at p99 to a creation, by " + way.word(),
              Spread.of(added),
              new Goal.AtMost(ADDED_GOAL_MS),
              Beside.measured("a creation without admission", spread(none, Delays::p99).median())));
    }
    return figures;
  }

  private static Spread spread(Collection<Delays> delays, ToDoubleFunction<Delays> value) {
    return Spread.of(delays.stream().map(value::applyAsDouble).toList());
  }
}
