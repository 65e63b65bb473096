package io.multijob.sandbox.api;

import io.multijob.http.Request;
import io.multijob.sandbox.api.object.ApiError;
import io.multijob.sandbox.api.object.FieldError;
import java.util.List;
import java.util.OptionalLong;

/// How much of a log is wanted.
///
/// @param tailLines the last so many lines, absent for all
/// @param limitBytes no more than this, absent for no bound
record LogOptions(Mode mode, OptionalLong tailLines, OptionalLong limitBytes) {

  /// When the answer ends.
  enum Mode {
    /// With what is there now.
    ONCE,
    /// With the container.
    FOLLOW
  }

  /// @throws ApiError for numbers that are none, and for what is not kept here: the time of each
  ///   line, and the log of a container's last instance
  static LogOptions parse(Request request, String pod) {
    for (String unsupported : List.of("timestamps", "previous")) {
      if (Query.flag(request, unsupported)) {
        throw ApiError.badRequest(unsupported + " is not kept in this sandbox");
      }
    }
    OptionalLong limitBytes = Query.number(request, "limitBytes");
    return new LogOptions(
        Query.flag(request, "follow") ? Mode.FOLLOW : Mode.ONCE,
        atLeast(0, "tailLines", Query.number(request, "tailLines"), pod),
        atLeast(1, "limitBytes", limitBytes, pod));
  }

  private static OptionalLong atLeast(long bound, String name, OptionalLong value, String pod) {
    if (value.isPresent() && value.getAsLong() < bound) {
      FieldError error =
          FieldError.invalid(name, value.getAsLong(), "must be greater than or equal to " + bound);
      throw ApiError.invalid("PodLogOptions", "", pod, List.of(error));
    }
    return value;
  }
}
