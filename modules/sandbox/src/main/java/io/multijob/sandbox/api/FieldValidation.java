package io.multijob.sandbox.api;

import io.multijob.http.Request;
import io.multijob.sandbox.api.object.ApiError;
import io.multijob.sandbox.api.object.FieldError;
import java.util.List;

/// What is done about fields that a kind does not have.
enum FieldValidation {
  /// They are dropped without a word.
  IGNORE,
  /// They are dropped, and the client is warned.
  WARN,
  /// The request is refused.
  STRICT;

  static FieldValidation of(Request request) {
    return switch (request.query("fieldValidation").orElse("")) {
      case "Ignore" -> IGNORE;
      case "", "Warn" -> WARN;
      case "Strict" -> STRICT;
      case String other ->
          throw ApiError.invalid(
              "CreateOptions",
              "meta.k8s.io",
              "",
              List.of(
                  FieldError.notSupported(
                      "fieldValidation", other, "", "Ignore", "Strict", "Warn")));
    };
  }

  /// The words for unknown fields, as in `strict decoding error: unknown field "spec.foo"`.
  static List<String> complaints(List<String> unknownFields) {
    return unknownFields.stream().map(field -> "unknown field \"" + field + "\"").toList();
  }
}
