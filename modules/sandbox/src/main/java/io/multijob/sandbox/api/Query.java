package io.multijob.sandbox.api;

import io.multijob.http.Request;
import io.multijob.sandbox.api.object.ApiError;
import java.util.Optional;
import java.util.OptionalLong;

/// Parameters of a request, read as Go reads them.
final class Query {
  private Query() {}

  /// Whether a parameter is true; there without a value counts as true.
  static boolean flag(Request request, String name) {
    return request
        .query(name)
        .filter(value -> !value.equals("false") && !value.equals("0"))
        .isPresent();
  }

  /// A whole number, if it is given.
  ///
  /// @throws ApiError 400 if it is none
  static OptionalLong number(Request request, String name) {
    Optional<String> text = request.query(name).filter(value -> !value.isEmpty());
    try {
      return text.isPresent() ? OptionalLong.of(Long.parseLong(text.get())) : OptionalLong.empty();
    } catch (NumberFormatException e) {
      throw ApiError.badRequest(
          "strconv.ParseInt: parsing \"%s\": invalid syntax".formatted(text.orElse("")));
    }
  }
}
