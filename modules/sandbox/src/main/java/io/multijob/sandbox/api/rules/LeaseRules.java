package io.multijob.sandbox.api.rules;

import io.multijob.sandbox.api.object.FieldError;
import io.multijob.sandbox.api.object.Json;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A lease: who writes it must have seen it.
final class LeaseRules implements Rules {

  @Override
  public void prepareNew(ObjectNode lease) {
    Json.child(lease, "spec");
  }

  @Override
  public List<FieldError> validate(ObjectNode lease) {
    List<FieldError> errors = new ArrayList<>();
    JsonNode spec = lease.path("spec");
    if (Json.number(spec, 1, "leaseDurationSeconds") <= 0) {
      errors.add(
          FieldError.invalid(
              "spec.leaseDurationSeconds",
              Json.number(spec, 1, "leaseDurationSeconds"),
              "must be greater than 0"));
    }
    if (Json.number(spec, 0, "leaseTransitions") < 0) {
      errors.add(
          FieldError.invalid(
              "spec.leaseTransitions",
              Json.number(spec, 0, "leaseTransitions"),
              "must be greater than or equal to 0"));
    }
    return errors;
  }

  @Override
  public boolean allowsUnconditionalUpdate() {
    return false;
  }
}
