package io.multijob.servo.adjustment;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// A pod's quality of service class, by the rules of the API server and the kubelet
/// (<https://kubernetes.io/docs/concepts/workloads/pods/pod-qos/>).
public enum QosClass {
  GUARANTEED("Guaranteed"),
  BURSTABLE("Burstable"),
  BEST_EFFORT("BestEffort");

  private final String wire;

  QosClass(String wire) {
    this.wire = wire;
  }

  /// The class of a pod with that `spec`: of its regular and its init containers, or of its
  /// resources as a pod where it has such. The spec is one that the API server has completed, as it
  /// has before admission: of what it fills in only requests are thought of here.
  ///
  /// @throws IllegalArgumentException if one of its amounts is no quantity
  public static QosClass of(JsonNode spec) {
    List<Amounts> containers = new ArrayList<>();
    for (JsonNode container : spec.path("containers")) {
      containers.add(Amounts.of(container.path("resources")));
    }
    for (JsonNode container : spec.path("initContainers")) {
      containers.add(Amounts.of(container.path("resources")));
    }
    return of(containers, Amounts.of(spec.path("resources")));
  }

  /// The class of a pod.
  ///
  /// @param containers of regular and init containers, in any order
  /// @param pod of the pod as a whole; where it has some, the containers' do not count
  static QosClass of(Collection<Amounts> containers, Amounts pod) {
    Amounts sum = Amounts.NONE;
    boolean limited = true;
    for (Amounts amounts : pod.isEmpty() ? containers : List.of(wholePod(containers, pod))) {
      Amounts counted = positive(amounts.completed());
      sum = sum.plus(counted);
      limited &= counted.limits().size() == ResourceName.values().length;
    }
    if (sum.isEmpty()) {
      return BEST_EFFORT;
    }
    return limited && sum.requests().equals(sum.limits()) ? GUARANTEED : BURSTABLE;
  }

  /// The pod's own amounts, with the requests that the API server takes from the containers.
  private static Amounts wholePod(Collection<Amounts> containers, Amounts pod) {
    Amounts sum = Amounts.NONE;
    for (Amounts amounts : containers) {
      sum = sum.plus(amounts.completed());
    }
    return new Amounts(sum.requests(), Map.of()).with(pod);
  }

  private static Amounts positive(Amounts amounts) {
    return new Amounts(positive(amounts.requests()), positive(amounts.limits()));
  }

  private static Map<ResourceName, Quantity> positive(Map<ResourceName, Quantity> amounts) {
    Map<ResourceName, Quantity> positive = new EnumMap<>(ResourceName.class);
    amounts.forEach((resource, amount) -> {
      if (amount.isPositive()) {
        positive.put(resource, amount);
      }
    });
    return positive;
  }

  /// As a pod's status has it: `BestEffort`.
  @Override
  public String toString() {
    return wire;
  }
}
