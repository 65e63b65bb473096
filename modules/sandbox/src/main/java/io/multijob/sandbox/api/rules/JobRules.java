package io.multijob.sandbox.api.rules;

import io.multijob.sandbox.api.object.FieldError;
import io.multijob.sandbox.api.object.Json;
import io.multijob.sandbox.api.object.Meta;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A Job: it finds its pods by a label with its own uid, which it is given here.
final class JobRules implements Rules {
  private static final String UID_LABEL = "batch.kubernetes.io/controller-uid";
  private static final String NAME_LABEL = "batch.kubernetes.io/job-name";
  private static final int BACKOFF_LIMIT = 6;

  @Override
  public void prepareNew(ObjectNode job) {
    ObjectNode spec = Json.child(job, "spec");
    setDefaults(spec);
    if (!spec.path("manualSelector").asBoolean(false)) {
      generateSelector(job, spec);
    }
    job.putObject("status");
  }

  @Override
  public List<FieldError> validate(ObjectNode job) {
    JsonNode spec = job.path("spec");
    List<FieldError> errors = new ArrayList<>();
    for (String count :
        List.of(
            "parallelism",
            "completions",
            "backoffLimit",
            "activeDeadlineSeconds",
            "ttlSecondsAfterFinished")) {
      long value = Json.number(spec, 0, count);
      if (value < 0) {
        errors.add(
            FieldError.invalid("spec." + count, value, "must be greater than or equal to 0"));
      }
    }
    if (isIndexed(spec) && !spec.has("completions")) {
      errors.add(FieldError.required("spec.completions", "when completion mode is Indexed"));
    }
    JsonNode template = Json.at(spec, "template", "spec");
    errors.addAll(new PodSpecValidation("spec.template.spec").validateTemplate(template));
    errors.addAll(validateRestartPolicy(Json.text(template, "restartPolicy")));
    return errors;
  }

  @Override
  public void prepareUpdate(ObjectNode updated, ObjectNode current) {
    Json.copy(current, updated, "status");
    setDefaults(Json.child(updated, "spec"));
  }

  @Override
  public List<FieldError> validateUpdate(ObjectNode updated, ObjectNode current) {
    List<FieldError> errors = new ArrayList<>();
    for (String field : List.of("completions", "selector", "template", "completionMode")) {
      JsonNode after = Json.at(updated, "spec", field);
      if (!after.equals(Json.at(current, "spec", field))) {
        errors.add(FieldError.immutable("spec." + field, after));
      }
    }
    return errors;
  }

  @Override
  public boolean countsGenerations() {
    return true;
  }

  private static void setDefaults(ObjectNode spec) {
    if (!spec.has("completions") && !spec.has("parallelism")) {
      spec.put("completions", 1);
    }
    Json.setDefault(spec, "parallelism", 1);
    Json.setDefault(
        spec, "backoffLimit", spec.has("backoffLimitPerIndex") ? Integer.MAX_VALUE : BACKOFF_LIMIT);
    Json.setDefault(spec, "completionMode", "NonIndexed");
    Json.setDefault(
        spec,
        "podReplacementPolicy",
        spec.has("podFailurePolicy") ? "Failed" : "TerminatingOrFailed");
    for (String flag : List.of("suspend", "manualSelector")) {
      if (!spec.has(flag)) {
        spec.put(flag, false);
      }
    }
    PodDefaults.ofSpec(Json.child(Json.child(spec, "template"), "spec"));
  }

  /// Labels the pods to come, and, where its author gave it none, the Job as well.
  private static void generateSelector(ObjectNode job, ObjectNode spec) {
    Meta meta = Meta.of(job);
    ObjectNode labels = Json.child(Json.child(Json.child(spec, "template"), "metadata"), "labels");
    labels
        .put(UID_LABEL, meta.uid())
        .put(NAME_LABEL, meta.name())
        .put("controller-uid", meta.uid())
        .put("job-name", meta.name());
    Json.child(Json.child(spec, "selector"), "matchLabels").put(UID_LABEL, meta.uid());
    if (meta.document().path("labels").isEmpty()) {
      meta.document().set("labels", labels.deepCopy());
    }
  }

  private static boolean isIndexed(JsonNode spec) {
    return Json.text(spec, "completionMode").equals("Indexed");
  }

  private static List<FieldError> validateRestartPolicy(String policy) {
    String at = "spec.template.spec.restartPolicy";
    if (policy.isEmpty() || policy.equals("Always")) {
      return List.of(FieldError.required(at, "valid values: \"OnFailure\", \"Never\""));
    }
    return Set.of("OnFailure", "Never").contains(policy)
        ? List.of()
        : List.of(FieldError.notSupported(at, policy, "OnFailure", "Never"));
  }
}
