package io.multijob.sandbox.run;

import io.multijob.sandbox.api.PodMutator;
import io.multijob.sandbox.api.object.Json;
import io.multijob.sandbox.api.rules.QosClass;
import io.multijob.sandbox.run.pod.QosLevel;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Puts podmon beside the containers of each one-time pod: as its last init container, a native
/// sidecar, so that it starts after the other init containers and before the workload.
///
/// A pod that has a podmon already, in either place, is left as it is. The class of service stays:
/// podmon gets requests and limits in a Guaranteed pod, requests in a Burstable one, so that a busy
/// workload does not keep it from looking, and nothing in a best-effort one.
public final class PodmonInjection implements PodMutator {
  /// The name by which podmon is known everywhere.
  public static final String CONTAINER = "zzzzmonitor";

  private static final String IMAGE = "podmon";

  private static final String CPU_REQUEST = "100m";

  /// A whole core, as a JVM's start on less would hold up the workload.
  private static final String CPU_LIMIT = "1";

  private static final String MEMORY = "128Mi";

  private final List<String> command;

  /// Injects a podmon that is a command of this machine.
  ///
  /// @param command that starts podmon on this machine
  public PodmonInjection(List<String> command) {
    this.command = List.copyOf(command);
  }

  @Override
  public void mutate(ObjectNode pod) {
    ObjectNode spec = Json.child(pod, "spec");
    if (!Json.text(spec, "restartPolicy").equals("Never") || hasPodmon(spec)) {
      return;
    }
    QosLevel qos = QosLevel.of(QosClass.of(spec));
    ObjectNode podmon = Json.list(spec, "initContainers").addObject();
    podmon.put("name", CONTAINER).put("image", IMAGE).put("restartPolicy", "Always");
    command.forEach(podmon.putArray("command")::add);
    ObjectNode uid = podmon.putArray("env").addObject().put("name", "OPTUNE_SELF_ID");
    uid.putObject("valueFrom").putObject("fieldRef").put("fieldPath", "metadata.uid");
    giveResources(podmon, qos);
  }

  private static void giveResources(ObjectNode podmon, QosLevel qos) {
    switch (qos) {
      case GUARANTEED -> {
        ObjectNode resources = podmon.putObject("resources");
        resources.putObject("requests").put("cpu", CPU_LIMIT).put("memory", MEMORY);
        resources.putObject("limits").put("cpu", CPU_LIMIT).put("memory", MEMORY);
      }
      case BURSTABLE -> podmon.putObject("resources").putObject("requests").put("cpu", CPU_REQUEST);
      case BEST_EFFORT -> {
        return; // anything would lift the pod out of its class
      }
    }
  }

  private static boolean hasPodmon(JsonNode spec) {
    return containers(spec).anyMatch(each -> Json.text(each, "name").equals(CONTAINER));
  }

  private static Stream<JsonNode> containers(JsonNode spec) {
    return Stream.concat(
        spec.path("initContainers").valueStream(), spec.path("containers").valueStream());
  }
}
