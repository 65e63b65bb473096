package io.multijob.sandbox.api.rules;

import io.multijob.sandbox.api.object.FieldError;
import io.multijob.sandbox.api.object.Json;
import io.multijob.sandbox.api.schema.Quantity;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// What is wrong with a pod's spec. For one spec; not to be used again.
final class PodSpecValidation {
  private final String path;
  private final List<FieldError> errors = new ArrayList<>();
  private final Set<String> containerNames = new HashSet<>();
  private final Set<String> volumes = new HashSet<>();

  /// @param path of the spec, such as `spec.template.spec`
  PodSpecValidation(String path) {
    this.path = path;
  }

  List<FieldError> validatePod(JsonNode spec) {
    validateTemplate(spec);
    String policy = Json.text(spec, "restartPolicy");
    if (!Set.of("Always", "OnFailure", "Never").contains(policy)) {
      errors.add(
          FieldError.notSupported(path + ".restartPolicy", policy, "Always", "OnFailure", "Never"));
    }
    return errors;
  }

  /// All but the restart policy, which what makes pods may narrow.
  List<FieldError> validateTemplate(JsonNode spec) {
    volumes(spec.path("volumes"));
    if (spec.path("containers").isEmpty()) {
      errors.add(FieldError.required(path + ".containers"));
    }
    containers(spec.path("containers"), path + ".containers");
    containers(spec.path("initContainers"), path + ".initContainers");
    initRestartPolicies(spec.path("initContainers"));
    between(1, spec, "activeDeadlineSeconds", "must be between 1 and 2147483647, inclusive");
    between(0, spec, "terminationGracePeriodSeconds", "must be greater than or equal to 0");
    return errors;
  }

  private void volumes(JsonNode list) {
    int index = 0;
    for (JsonNode volume : list) {
      String name = Json.text(volume, "name");
      if (checkName(path + ".volumes[" + index + "].name", name) && !volumes.add(name)) {
        errors.add(FieldError.duplicate(path + ".volumes[" + index + "].name", name));
      }
      index++;
    }
  }

  private void containers(JsonNode list, String listPath) {
    int index = 0;
    for (JsonNode container : list) {
      container(container, listPath + "[" + index + "]");
      index++;
    }
  }

  private void container(JsonNode container, String at) {
    String name = Json.text(container, "name");
    boolean named = checkName(at + ".name", name);
    if (Json.text(container, "image").isEmpty()) {
      errors.add(FieldError.required(at + ".image"));
    }
    if (named && !containerNames.add(name)) {
      errors.add(FieldError.duplicate(at + ".name", name));
    }
    int index = 0;
    for (JsonNode variable : container.path("env")) {
      if (Json.text(variable, "name").isEmpty()) {
        errors.add(FieldError.required(at + ".env[" + index + "].name"));
      }
      index++;
    }
    mounts(container.path("volumeMounts"), at + ".volumeMounts");
    requestsWithinLimits(container.path("resources"), at + ".resources.requests");
  }

  private void mounts(JsonNode list, String at) {
    int index = 0;
    for (JsonNode mount : list) {
      String volume = Json.text(mount, "name");
      if (!volumes.contains(volume)) {
        errors.add(
            new FieldError(
                at + "[" + index + "].name",
                "FieldValueNotFound",
                "Not found: \"" + volume + "\""));
      }
      index++;
    }
  }

  private void requestsWithinLimits(JsonNode resources, String at) {
    for (Map.Entry<String, JsonNode> request : resources.path("requests").properties()) {
      String limit = Json.text(resources, "limits", request.getKey());
      Optional<Quantity> most = Quantity.parse(limit);
      Optional<Quantity> asked = Quantity.parse(request.getValue().asString(""));
      if (most.isPresent() && asked.isPresent() && asked.get().compareTo(most.get()) > 0) {
        errors.add(
            FieldError.invalid(
                at,
                request.getValue().asString(""),
                "must be less than or equal to %s limit of %s".formatted(request.getKey(), limit)));
      }
    }
  }

  private void initRestartPolicies(JsonNode initContainers) {
    int index = 0;
    for (JsonNode container : initContainers) {
      String policy = Json.text(container, "restartPolicy");
      if (!Set.of("", "Always", "OnFailure", "Never").contains(policy)) {
        errors.add(
            FieldError.notSupported(
                path + ".initContainers[" + index + "].restartPolicy",
                policy,
                "Always",
                "Never",
                "OnFailure"));
      }
      index++;
    }
  }

  private void between(long least, JsonNode spec, String field, String rule) {
    long value = Json.number(spec, least, field);
    if (value < least || value > Integer.MAX_VALUE) {
      errors.add(FieldError.invalid(path + "." + field, value, rule));
    }
  }

  private boolean checkName(String at, String name) {
    if (name.isEmpty()) {
      errors.add(FieldError.required(at));
      return false;
    }
    if (!Names.isLabel(name)) {
      errors.add(FieldError.invalid(at, name, Names.LABEL_RULE));
    }
    return true;
  }
}
