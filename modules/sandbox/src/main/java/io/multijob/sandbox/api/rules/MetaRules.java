package io.multijob.sandbox.api.rules;

import io.multijob.sandbox.api.object.FieldError;
import io.multijob.sandbox.api.object.Meta;
import io.multijob.sandbox.api.object.Resource;
import io.multijob.sandbox.api.select.LabelSyntax;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// The rules of every object's metadata.
public final class MetaRules {
  private static final Set<String> STANDARD_FINALIZERS =
      Set.of("kubernetes", "orphan", "foregroundDeletion");

  private MetaRules() {}

  /// What is wrong with an object's metadata, new or changed.
  public static List<FieldError> validate(Resource resource, Meta meta) {
    List<FieldError> errors = new ArrayList<>();
    name(resource, meta.name()).ifPresent(errors::add);
    meta.labels().forEach((key, value) -> label(key, value, errors));
    for (Map.Entry<String, JsonNode> entry : meta.document().path("annotations").properties()) {
      if (!LabelSyntax.isKey(entry.getKey())) {
        errors.add(
            FieldError.invalid("metadata.annotations", entry.getKey(), LabelSyntax.KEY_RULE));
      }
    }
    List<String> finalizers = meta.finalizers();
    for (int i = 0; i < finalizers.size(); i++) {
      finalizer("metadata.finalizers[" + i + "]", finalizers.get(i)).ifPresent(errors::add);
    }
    return errors;
  }

  /// Which changes of metadata are forbidden.
  public static List<FieldError> validateUpdate(Meta updated, Meta current) {
    if (current.isInitialized() && !updated.isInitialized()) {
      return List.of(
          new FieldError(
              "metadata.initializers",
              "FieldValueInvalid",
              "Invalid value: field is immutable once initialization has completed"));
    }
    List<String> added = new ArrayList<>(updated.finalizers());
    added.removeAll(current.finalizers());
    if (!current.isDeleting() || added.isEmpty()) {
      return List.of();
    }
    String list = "[]string{\"" + String.join("\", \"", added) + "\"}";
    return List.of(
        FieldError.forbidden(
            "metadata.finalizers",
            "no new finalizers can be added if the object is being deleted, found new finalizers "
                + list));
  }

  private static Optional<FieldError> name(Resource resource, String name) {
    if (name.isEmpty()) {
      return Optional.of(FieldError.required("metadata.name", "name or generateName is required"));
    }
    boolean isLabel = resource == Resource.NAMESPACES;
    if (isLabel && name.contains(".")) {
      return Optional.of(FieldError.invalid("metadata.name", name, "must not contain dots"));
    }
    boolean fits = isLabel ? Names.isLabel(name) : Names.isSubdomain(name);
    return fits
        ? Optional.empty()
        : Optional.of(
            FieldError.invalid(
                "metadata.name", name, isLabel ? Names.LABEL_RULE : Names.SUBDOMAIN_RULE));
  }

  private static Optional<FieldError> finalizer(String field, String finalizer) {
    if (!LabelSyntax.isKey(finalizer)) {
      return Optional.of(FieldError.invalid(field, finalizer, LabelSyntax.KEY_RULE));
    }
    return finalizer.contains("/") || STANDARD_FINALIZERS.contains(finalizer)
        ? Optional.empty()
        : Optional.of(
            FieldError.invalid(
                field,
                finalizer,
                "name is neither a standard finalizer name nor is it fully qualified"));
  }

  private static void label(String key, String value, List<FieldError> errors) {
    if (!LabelSyntax.isKey(key)) {
      errors.add(FieldError.invalid("metadata.labels", key, LabelSyntax.KEY_RULE));
    }
    if (!LabelSyntax.isValue(value)) {
      errors.add(FieldError.invalid("metadata.labels", value, LabelSyntax.VALUE_RULE));
    }
  }
}
