package io.multijob.sandbox.api;

import io.multijob.http.Request;
import io.multijob.sandbox.api.object.ApiError;
import io.multijob.sandbox.api.object.FieldError;
import java.util.List;

/// What a list or watch asks for beside the selectors.
///
/// @param version as given; empty when unset
/// @param limit objects in one answer; 0 for all
/// @param token where to go on; empty at the start
record ListOptions(String version, Match match, long limit, String token) {

  /// What `version` means.
  enum Match {
    UNSAID,
    EXACT,
    NOT_OLDER_THAN
  }

  static ListOptions parse(Request request) {
    String version = request.query("resourceVersion").orElse("");
    String match = request.query("resourceVersionMatch").orElse("");
    if (!match.isEmpty() && version.isEmpty() && !Query.flag(request, "watch")) {
      throw invalid(
          FieldError.forbidden(
              "resourceVersionMatch",
              "resourceVersionMatch is forbidden unless resourceVersion is provided"));
    }
    ListOptions options =
        new ListOptions(
            version,
            match(match),
            Query.number(request, "limit").orElse(0),
            request.query("continue").orElse(""));
    options.check();
    return options;
  }

  /// The version asked for; 0 when unset.
  long revision() {
    try {
      return version.isEmpty() ? 0 : Long.parseUnsignedLong(version);
    } catch (NumberFormatException e) {
      throw ApiError.badRequest(
          "invalid resource version: resourceVersion: Invalid value: \"%s\":".formatted(version)
              + " strconv.ParseUint: parsing \"%s\": invalid syntax".formatted(version));
    }
  }

  /// Whether the state at just this version is wanted, and not a newer one. With a limit it always
  /// was, before that could be said.
  boolean isExact() {
    boolean unsaid = match == Match.UNSAID && limit > 0 && revision() != 0;
    return match == Match.EXACT || unsaid;
  }

  static ApiError invalid(FieldError error) {
    return ApiError.invalid("ListOptions", "meta.k8s.io", "", List.of(error));
  }

  private void check() {
    if (match == Match.EXACT && revision() == 0) {
      throw invalid(
          FieldError.forbidden(
              "resourceVersionMatch",
              "resourceVersionMatch \"exact\" is forbidden for resourceVersion \"0\""));
    }
    if (!token.isEmpty() && !version.isEmpty() && revision() != 0) {
      throw ApiError.badRequest("specifying resource version is not allowed when using continue");
    }
  }

  private static Match match(String text) {
    return switch (text) {
      case "" -> Match.UNSAID;
      case "Exact" -> Match.EXACT;
      case "NotOlderThan" -> Match.NOT_OLDER_THAN;
      default ->
          throw invalid(
              FieldError.notSupported("resourceVersionMatch", text, "Exact", "NotOlderThan", ""));
    };
  }
}
