package io.multijob.sandbox.api.registry;

import io.multijob.sandbox.api.object.ApiError;
import io.multijob.sandbox.api.object.FieldError;
import io.multijob.sandbox.api.object.Json;
import io.multijob.sandbox.api.object.Meta;
import io.multijob.sandbox.api.object.Resource;
import io.multijob.sandbox.api.rules.MetaRules;
import io.multijob.sandbox.api.rules.Rules;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// One change of one object, checked and made to fit.
///
/// @param updated as it was sent; becomes what is to be written
record ObjectUpdate(Resource resource, ObjectNode current, ObjectNode updated) {
  private static final List<String> SET_BY_SERVER =
      List.of(
          "namespace",
          "uid",
          "resourceVersion",
          "generation",
          "creationTimestamp",
          "deletionTimestamp",
          "deletionGracePeriodSeconds",
          "generateName",
          "managedFields");

  /// Checks that the change is of this object and of its current version.
  void requireSameObject() {
    Meta was = Meta.of(current);
    Meta is = Meta.of(updated);
    if (!is.name().equals(was.name())) {
      throw ApiError.badRequest(
          "the name of the object (%s) does not match the name on the URL (%s)"
              .formatted(is.name(), was.name()));
    }
    if (!is.namespace().isEmpty() && !is.namespace().equals(was.namespace())) {
      throw ApiError.badRequest(
          "the namespace of the provided object does not match the namespace sent on the request");
    }
    requireVersion(was, is);
    if (!is.uid().isEmpty() && !is.uid().equals(was.uid())) {
      throw ApiError.conflict(
          resource,
          was.name(),
          "Precondition failed: UID in precondition: %s, UID in object meta: %s"
              .formatted(is.uid(), was.uid()));
    }
  }

  /// Undoes what the writer may not change.
  void prepare(Part part) {
    Rules rules = Rules.of(resource);
    ObjectNode meta = Meta.of(updated).document();
    SET_BY_SERVER.forEach(field -> Json.copy(Meta.of(current).document(), meta, field));
    Meta.of(updated).settleInitializers();
    Json.copy(current, updated, "kind");
    Json.copy(current, updated, "apiVersion");
    switch (part) {
      case OBJECT -> rules.prepareUpdate(updated, current);
      case STATUS -> rules.prepareStatusUpdate(updated, current);
      case PLACEMENT -> {}
    }
    if (part == Part.OBJECT && !updated.path("spec").equals(current.path("spec"))) {
      Meta.of(updated).nextGeneration();
    }
  }

  List<FieldError> errors(Part part) {
    Rules rules = Rules.of(resource);
    List<FieldError> errors =
        new ArrayList<>(MetaRules.validateUpdate(Meta.of(updated), Meta.of(current)));
    errors.addAll(rules.validate(updated));
    if (part == Part.OBJECT && Meta.of(current).isInitialized()) {
      errors.addAll(rules.validateUpdate(updated, current));
    }
    return errors;
  }

  private void requireVersion(Meta was, Meta is) {
    if (is.resourceVersion().isEmpty()) {
      if (!Rules.of(resource).allowsUnconditionalUpdate()) {
        throw ApiError.invalid(
            resource.plural(),
            resource.group().id(),
            was.name(),
            List.of(
                FieldError.invalid(
                    "metadata.resourceVersion", 0, "must be specified for an update")));
      }
    } else if (!is.resourceVersion().equals(was.resourceVersion())) {
      throw ApiError.modified(resource, was.name());
    }
  }
}
