package io.multijob.servo.injection;

import io.multijob.servo.pod.Pod;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// The container itself: nothing in it is known only after the pod has been made. A pod that is
/// about to be made has no uid and often no name.
///
/// @param reportTarget empty for nobody
record PodmonContainer(PodmonImage image, String reportTarget) {
  private static final int NOBODY = 65_534;

  /// Where the API server has a container find its service account's token.
  private static final String TOKEN_PATH = "/var/run/secrets/kubernetes.io/serviceaccount";

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  ObjectNode sidecar(ObjectNode resources) {
    ObjectNode container = container(resources);
    container.put("restartPolicy", "Always");
    return container;
  }

  /// @param others how many regular containers the pod has beside it
  ObjectNode regular(ObjectNode resources, int others) {
    ObjectNode container = container(resources);
    container
        .withArray("env")
        .addObject()
        .put("name", "OPTUNE_CONTAINERS")
        .put("value", Integer.toString(others));
    return container;
  }

  private ObjectNode container(ObjectNode resources) {
    ObjectNode container =
        object()
            .put("name", Pod.MONITOR)
            .put("image", image.name())
            .put("imagePullPolicy", "IfNotPresent");
    addEnvironment(container.putArray("env"));
    if (!resources.isEmpty()) {
      container.set("resources", resources);
    }
    addRights(container.putObject("securityContext"));
    ArrayNode mounts = container.putArray("volumeMounts");
    if (image.kind() == PodmonImage.Kind.PODMON) {
      addMount(mounts, Injection.VOLUME, "/host/cgroup");
    }
    addMount(mounts, Injection.NO_TOKEN_VOLUME, TOKEN_PATH);
    return container;
  }

  private static void addMount(ArrayNode mounts, String volume, String path) {
    mounts.addObject().put("name", volume).put("mountPath", path).put("readOnly", true);
  }

  private void addEnvironment(ArrayNode environment) {
    environment
        .addObject()
        .put("name", "OPTUNE_SELF_ID")
        .putObject("valueFrom")
        .putObject("fieldRef")
        .put("fieldPath", "metadata.uid");
    if (!reportTarget.isEmpty()) {
      environment.addObject().put("name", "REPORT_TARGET").put("value", reportTarget);
    }
  }

  /// What the `restricted` Pod Security level asks for, and more.
  private static void addRights(ObjectNode context) {
    context
        .put("runAsNonRoot", true)
        .put("runAsUser", NOBODY)
        .put("runAsGroup", NOBODY)
        .put("readOnlyRootFilesystem", true)
        .put("allowPrivilegeEscalation", false);
    context.putObject("capabilities").putArray("drop").add("ALL");
    context.putObject("seccompProfile").put("type", "RuntimeDefault");
  }
}
