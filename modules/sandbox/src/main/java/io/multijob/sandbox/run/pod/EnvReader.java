package io.multijob.sandbox.run.pod;

import io.multijob.sandbox.api.object.Json;
import io.multijob.sandbox.api.schema.Quantity;
import io.multijob.sandbox.run.pod.EnvVariable.Missing;
import io.multijob.sandbox.run.pod.EnvVariable.Plain;
import io.multijob.sandbox.run.pod.EnvVariable.Taken;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// Reads the environment of a pod's containers, with what the downward API gives to it.
///
/// @see <a href="https://kubernetes.io/docs/concepts/workloads/pods/downward-api/">Downward API</a>
final class EnvReader {
  private static final Pattern SUBSCRIPT =
      Pattern.compile("metadata\\.(labels|annotations)\\['(.*)']");

  private final JsonNode pod;
  private final Node node;

  EnvReader(JsonNode pod, Node node) {
    this.pod = pod;
    this.node = node;
  }

  /// The variables of `container`, one of the pod's, in order.
  List<EnvVariable> read(JsonNode container) {
    List<EnvVariable> variables = new ArrayList<>();
    for (JsonNode source : container.path("envFrom")) {
      notServed(source.path("configMapRef"), "configmap", "envFrom").ifPresent(variables::add);
      notServed(source.path("secretRef"), "secret", "envFrom").ifPresent(variables::add);
    }
    for (JsonNode variable : container.path("env")) {
      variable(variable, container).ifPresent(variables::add);
    }
    return variables;
  }

  private Optional<EnvVariable> variable(JsonNode variable, JsonNode container) {
    String name = Json.text(variable, "name");
    JsonNode from = variable.path("valueFrom");
    if (!from.isObject()) {
      return Optional.of(new Plain(name, Json.text(variable, "value")));
    }
    if (from.has("fieldRef")) {
      return Optional.of(new Taken(name, field(Json.text(from, "fieldRef", "fieldPath"))));
    }
    if (from.has("resourceFieldRef")) {
      return Optional.of(resource(name, from.path("resourceFieldRef"), container));
    }
    return notServed(from.path("configMapKeyRef"), "configmap", name)
        .or(() -> notServed(from.path("secretKeyRef"), "secret", name));
  }

  private String field(String path) {
    Matcher subscript = SUBSCRIPT.matcher(path);
    if (subscript.matches()) {
      return Json.text(pod, "metadata", subscript.group(1), subscript.group(2));
    }
    return switch (path) {
      case "status.podIP", "status.podIPs", "status.hostIP", "status.hostIPs" -> node.address();
      case "spec.nodeName" -> node.name();
      case "spec.serviceAccountName" -> serviceAccount();
      default -> Json.text(pod, path.split("\\.", -1));
    };
  }

  private String serviceAccount() {
    String account = Json.text(pod, "spec", "serviceAccountName");
    return account.isEmpty() ? "default" : account;
  }

  /// A limit or request of a container; where there is none, what the node has.
  private EnvVariable resource(String name, JsonNode reference, JsonNode container) {
    String wanted = Json.text(reference, "resource"); // such as limits.memory
    String kind = wanted.substring(wanted.indexOf('.') + 1);
    BigDecimal amount =
        Quantity.parse(
                Json.text(
                    named(Json.text(reference, "containerName"), container),
                    "resources",
                    wanted.startsWith("limits.") ? "limits" : "requests",
                    kind))
            .map(Quantity::amount)
            .orElseGet(() -> wanted.startsWith("limits.") ? ofMachine(kind) : BigDecimal.ZERO);
    BigDecimal divisor =
        Quantity.parse(Json.text(reference, "divisor"))
            .map(Quantity::amount)
            .filter(given -> given.signum() > 0)
            .orElse(BigDecimal.ONE);
    return new Taken(name, amount.divide(divisor, 0, RoundingMode.CEILING).toPlainString());
  }

  private JsonNode named(String name, JsonNode container) {
    for (String list : List.of("initContainers", "containers")) {
      for (JsonNode other : Json.at(pod, "spec", list)) {
        if (!name.isEmpty() && Json.text(other, "name").equals(name)) {
          return other;
        }
      }
    }
    return container;
  }

  private BigDecimal ofMachine(String kind) {
    return switch (kind) {
      case "cpu" -> BigDecimal.valueOf(node.cores());
      case "memory" -> BigDecimal.valueOf(node.memoryBytes());
      default -> BigDecimal.ZERO;
    };
  }

  /// A reference to an object of a kind that the sandbox does not have.
  private static Optional<EnvVariable> notServed(JsonNode reference, String kind, String name) {
    if (!reference.isObject() || reference.path("optional").asBoolean(false)) {
      return Optional.empty();
    }
    String reason = "%s \"%s\" not found".formatted(kind, Json.text(reference, "name"));
    return Optional.of(new Missing(name, reason));
  }
}
