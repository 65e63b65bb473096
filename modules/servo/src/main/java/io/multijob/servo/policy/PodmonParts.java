package io.multijob.servo.policy;

import io.multijob.servo.injection.Hosting;
import io.multijob.servo.injection.Injected;
import io.multijob.servo.injection.Injection;
import io.multijob.servo.injection.PodmonImage;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What podmon is in a pod, as [Injection] puts it in.
///
/// @param container as a native sidecar, without resources
/// @param volumes that it mounts
/// @param burstable its resources where the pod's class is Burstable; empty for none
/// @param guaranteed the same where it is Guaranteed
public record PodmonParts(
    ObjectNode container, List<JsonNode> volumes, JsonNode burstable, JsonNode guaranteed) {
  private static final JsonMapper MAPPER = JsonMapper.shared();

  public PodmonParts {
    volumes = List.copyOf(volumes);
  }

  /// The parts that the injection of `image` has.
  ///
  /// @param reportTarget whom podmon posts its figures to as well; empty for nobody
  public static PodmonParts of(PodmonImage image, String reportTarget) {
    Injection injection = new Injection(image, Hosting.NATIVE_SIDECAR, reportTarget);
    ObjectNode plain = injected(injection, "{}");
    ObjectNode burstable = injected(injection, "{'requests': {'cpu': '1'}}");
    ObjectNode guaranteed =
        injected(
            injection,
            "{'requests': {'cpu': '1', 'memory': '1Gi'}, 'limits': {'cpu': '1', 'memory': '1Gi'}}");
    return new PodmonParts(
        container(plain),
        plain.path("spec").path("volumes").valueStream().toList(),
        container(burstable).path("resources"),
        container(guaranteed).path("resources"));
  }

  private static ObjectNode injected(Injection injection, String resources) {
    String pod =
        "{'spec': {'containers': [{'name': 'main', 'image': 'none', 'resources': %s}]}}"
            .formatted(resources);
    ObjectNode document = (ObjectNode) MAPPER.readTree(pod.replace('\'', '"'));
    Injected injected = injection.inject(document, List.of());
    if (!(injected instanceof Injected.Done)) {
      throw new IllegalStateException("podmon does not go into the plainest pod: " + injected);
    }
    return document;
  }

  private static ObjectNode container(ObjectNode pod) {
    return (ObjectNode) pod.path("spec").path("initContainers").path(0);
  }
}
