package io.multijob.sandbox.api.rules;

import io.multijob.sandbox.api.object.Json;
import io.multijob.sandbox.api.schema.Quantity;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A pod's quality of service class.
///
/// @see <a href="https://kubernetes.io/docs/concepts/workloads/pods/pod-qos/">Pod Quality of
///   Service Classes</a>
public final class QosClass {
  private static final List<String> RESOURCES = List.of("cpu", "memory");

  private QosClass() {}

  /// The class of a pod with this spec, as the API spells it.
  public static String of(JsonNode podSpec) {
    boolean anything = false;
    boolean everything = true;
    for (ObjectNode container : PodDefaults.containers(podSpec)) {
      for (String resource : RESOURCES) {
        Optional<Quantity> request = amount(container, "requests", resource);
        Optional<Quantity> limit = amount(container, "limits", resource);
        anything |= request.isPresent() || limit.isPresent();
        everything &= limit.isPresent() && isSame(request, limit.get());
      }
    }
    if (!anything) {
      return "BestEffort";
    }
    return everything ? "Guaranteed" : "Burstable";
  }

  private static boolean isSame(Optional<Quantity> request, Quantity limit) {
    return request.isEmpty() || request.get().compareTo(limit) == 0;
  }

  private static Optional<Quantity> amount(JsonNode container, String list, String resource) {
    return Quantity.parse(Json.text(container, "resources", list, resource))
        .filter(quantity -> quantity.amount().signum() > 0);
  }
}
