package io.multijob.sandbox.run.pod;

import io.multijob.sandbox.api.object.Json;
import io.multijob.sandbox.api.schema.Quantity;
import io.multijob.sandbox.run.pod.ContainerSpec.MessagePolicy;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/// Reads what a kubelet needs to know out of a pod's document. The API server has validated it.
public final class PodReader {
  private static final long DEFAULT_GRACE_SECONDS = 30;

  private final Node node;

  public PodReader(Node node) {
    this.node = node;
  }

  public Pod read(JsonNode document) {
    JsonNode spec = document.path("spec");
    return new Pod(
        PodIdentity.of(document),
        QosLevel.of(Json.text(document, "status", "qosClass")),
        RestartPolicy.of(Json.text(spec, "restartPolicy")),
        containers(document, spec),
        Duration.ofSeconds(
            Json.number(spec, DEFAULT_GRACE_SECONDS, "terminationGracePeriodSeconds")));
  }

  /// How long the pod may run; it can be set, or shortened, while it does.
  public static Optional<Duration> activeDeadline(JsonNode document) {
    JsonNode seconds = Json.at(document, "spec", "activeDeadlineSeconds");
    return seconds.isNumber()
        ? Optional.of(Duration.ofSeconds(seconds.asLong()))
        : Optional.empty();
  }

  private List<ContainerSpec> containers(JsonNode document, JsonNode spec) {
    EnvReader environment = new EnvReader(document, node);
    List<ContainerSpec> containers = new ArrayList<>();
    for (JsonNode container : spec.path("initContainers")) {
      boolean stays = Json.text(container, "restartPolicy").equals("Always");
      containers.add(container(container, stays ? Role.SIDECAR : Role.INIT, environment));
    }
    for (JsonNode container : spec.path("containers")) {
      containers.add(container(container, Role.REGULAR, environment));
    }
    return containers;
  }

  private static ContainerSpec container(JsonNode container, Role role, EnvReader environment) {
    return new ContainerSpec(
        Json.text(container, "name"),
        role,
        Json.text(container, "image"),
        new Invocation(
            texts(container.path("command")),
            texts(container.path("args")),
            Optional.of(Json.text(container, "workingDir")).filter(path -> !path.isEmpty())),
        environment.read(container),
        resources(container),
        Json.text(container, "terminationMessagePolicy").equals("FallbackToLogsOnError")
            ? MessagePolicy.FALLBACK_TO_LOGS_ON_ERROR
            : MessagePolicy.FILE);
  }

  private static Resources resources(JsonNode container) {
    OptionalLong cpuLimit = amount(container, "limits", "cpu", 3);
    long cpuRequest = amount(container, "requests", "cpu", 3).orElse(cpuLimit.orElse(0));
    return new Resources(cpuRequest, cpuLimit, amount(container, "limits", "memory", 0));
  }

  /// An amount in units of ten to the minus `digits`, rounded up as Kubernetes does; none if it is
  /// 0.
  private static OptionalLong amount(JsonNode container, String list, String name, int digits) {
    return Quantity.parse(Json.text(container, "resources", list, name))
        .map(quantity -> units(quantity.amount(), digits))
        .filter(units -> units > 0)
        .map(OptionalLong::of)
        .orElse(OptionalLong.empty());
  }

  private static long units(BigDecimal amount, int digits) {
    return amount.scaleByPowerOfTen(digits).setScale(0, RoundingMode.CEILING).longValue();
  }

  private static List<String> texts(JsonNode list) {
    return list.valueStream().map(JsonNode::asString).toList();
  }
}
