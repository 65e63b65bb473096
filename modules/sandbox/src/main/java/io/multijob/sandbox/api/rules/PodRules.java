package io.multijob.sandbox.api.rules;

import io.multijob.sandbox.api.object.FieldError;
import io.multijob.sandbox.api.object.Json;
import io.multijob.sandbox.api.object.Meta;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// A pod: its spec stands once it is created, but for a few fields.
final class PodRules implements Rules {
  private static final String IMMUTABLE =
      "pod updates may not change fields other than"
          + " `spec.containers[*].image`,`spec.initContainers[*].image`,"
          + "`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing"
          + " tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was"
          + " previously negative)";

  @Override
  public void prepareNew(ObjectNode pod) {
    ObjectNode spec = Json.child(pod, "spec");
    PodDefaults.ofSpec(spec);
    PodDefaults.ofPod(spec);
    pod.putObject("status").put("phase", "Pending").put("qosClass", QosClass.of(spec));
  }

  @Override
  public List<FieldError> validate(ObjectNode pod) {
    return new PodSpecValidation("spec").validatePod(pod.path("spec"));
  }

  @Override
  public void prepareUpdate(ObjectNode updated, ObjectNode current) {
    Json.copy(current, updated, "status");
    PodDefaults.ofSpec(Json.child(updated, "spec"));
    PodDefaults.ofPod(Json.child(updated, "spec"));
    if (!Meta.of(current).isInitialized()) { // until then, its spec may change
      Json.child(updated, "status").put("qosClass", QosClass.of(updated.path("spec")));
    }
  }

  @Override
  public List<FieldError> validateUpdate(ObjectNode updated, ObjectNode current) {
    for (String list : List.of("containers", "initContainers")) {
      if (updated.path("spec").path(list).size() != current.path("spec").path(list).size()) {
        return List.of(
            FieldError.forbidden("spec." + list, "pod updates may not add or remove containers"));
      }
    }
    return fixedPart(updated).equals(fixedPart(current))
        ? List.of()
        : List.of(FieldError.forbidden("spec", IMMUTABLE));
  }

  @Override
  public void prepareStatusUpdate(ObjectNode updated, ObjectNode current) {
    Json.copy(current, updated, "spec");
    Json.copy(current.path("metadata"), Json.child(updated, "metadata"), "ownerReferences");
    Json.copy(current.path("status"), Json.child(updated, "status"), "qosClass");
  }

  @Override
  public boolean countsGenerations() {
    return true;
  }

  @Override
  public boolean returnsDeleted() {
    return true;
  }

  private static ObjectNode fixedPart(ObjectNode pod) {
    ObjectNode spec = Json.child(pod, "spec").deepCopy();
    spec.remove(List.of("activeDeadlineSeconds", "tolerations"));
    PodDefaults.containers(spec).forEach(container -> container.remove("image"));
    return spec;
  }
}
