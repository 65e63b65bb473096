package io.multijob.sandbox.run.job;

import io.multijob.sandbox.api.object.Json;
import java.util.List;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Makes the pods of a Job, as the Job controller does.
public final class PodTemplate {
  private static final String LABEL = "batch.kubernetes.io/";

  private PodTemplate() {}

  /// A pod to be created.
  ///
  /// @param index its number, in an indexed Job
  public static ObjectNode newPod(JsonNode job, OptionalInt index) {
    String name = Json.text(job, "metadata", "name");
    String uid = Json.text(job, "metadata", "uid");
    ObjectNode pod = Json.object().put("apiVersion", "v1").put("kind", "Pod");
    ObjectNode meta = pod.putObject("metadata");
    JsonNode template = Json.at(job, "spec", "template");
    for (String part : List.of("labels", "annotations")) {
      Json.copy(template.path("metadata"), meta, part);
    }
    Json.child(meta, "labels")
        .put(LABEL + "controller-uid", uid)
        .put(LABEL + "job-name", name)
        .put("controller-uid", uid)
        .put("job-name", name);
    meta.putArray("ownerReferences")
        .addObject()
        .put("apiVersion", "batch/v1")
        .put("kind", "Job")
        .put("name", name)
        .put("uid", uid)
        .put("controller", true)
        .put("blockOwnerDeletion", true);
    pod.set("spec", template.path("spec").deepCopy());
    meta.put("generateName", name + "-");
    index.ifPresent(number -> addIndex(name, Integer.toString(number), pod));
    return pod;
  }

  private static void addIndex(String jobName, String index, ObjectNode pod) {
    ObjectNode meta = Json.child(pod, "metadata").put("generateName", jobName + "-" + index + "-");
    Json.child(meta, "labels").put(JobPod.INDEX, index);
    Json.child(meta, "annotations").put(JobPod.INDEX, index);
    ObjectNode spec = Json.child(pod, "spec");
    Json.setDefault(spec, "hostname", jobName + "-" + index);
    for (String list : List.of("initContainers", "containers")) {
      for (JsonNode container : spec.path(list)) {
        ObjectNode variable = Json.list((ObjectNode) container, "env").addObject();
        variable.put("name", "JOB_COMPLETION_INDEX");
        variable
            .putObject("valueFrom")
            .putObject("fieldRef")
            .put("fieldPath", "metadata.labels['" + JobPod.INDEX + "']");
      }
    }
  }
}
