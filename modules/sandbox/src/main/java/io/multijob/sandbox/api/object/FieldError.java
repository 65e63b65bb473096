package io.multijob.sandbox.api.object;

import java.util.Arrays;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// What is wrong with one field, in the words of Kubernetes' own validation.
///
/// @param field such as `spec.containers[0].name`
/// @param reason the machine's word for it, such as `FieldValueRequired`
/// @param message what a person reads, without the field
public record FieldError(String field, String reason, String message) {

  public static FieldError required(String field) {
    return new FieldError(field, "FieldValueRequired", "Required value");
  }

  public static FieldError required(String field, String detail) {
    return new FieldError(field, "FieldValueRequired", "Required value: " + detail);
  }

  public static FieldError invalid(String field, String value, String detail) {
    return new FieldError(
        field, "FieldValueInvalid", "Invalid value: \"" + value + "\": " + detail);
  }

  public static FieldError invalid(String field, long value, String detail) {
    return new FieldError(field, "FieldValueInvalid", "Invalid value: " + value + ": " + detail);
  }

  public static FieldError immutable(String field, JsonNode value) {
    return new FieldError(
        field, "FieldValueInvalid", "Invalid value: " + value + ": field is immutable");
  }

  public static FieldError duplicate(String field, String value) {
    return new FieldError(field, "FieldValueDuplicate", "Duplicate value: \"" + value + "\"");
  }

  public static FieldError forbidden(String field, String detail) {
    return new FieldError(field, "FieldValueForbidden", "Forbidden: " + detail);
  }

  public static FieldError notSupported(String field, String value, String... supported) {
    String list =
        Arrays.stream(supported).map(s -> "\"" + s + "\"").collect(Collectors.joining(", "));
    return new FieldError(
        field,
        "FieldValueNotSupported",
        "Unsupported value: \"" + value + "\": supported values: " + list);
  }

  @Override
  public String toString() {
    return field + ": " + message;
  }
}
