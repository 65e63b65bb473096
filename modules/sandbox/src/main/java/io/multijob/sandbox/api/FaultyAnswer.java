package io.multijob.sandbox.api;

import io.multijob.http.Request;
import io.multijob.http.Response;
import io.multijob.sandbox.api.object.ApiError;
import io.multijob.sandbox.api.object.Json;
import io.multijob.sandbox.api.object.Status;
import java.io.IOException;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// What a client gets in place of an answer, on demand.
final class FaultyAnswer {
  private FaultyAnswer() {}

  static Response refused(Fault.Refusal refusal) {
    Response answer =
        Failure.answer(
            new Status(
                refusal.code(),
                reason(refusal.code()),
                "refused on demand",
                new Status.Details("", "", "", List.of(), refusal.retryAfterSeconds())));
    return refusal.retryAfterSeconds().isPresent()
        ? answer.with("Retry-After", Integer.toString(refusal.retryAfterSeconds().getAsInt()))
        : answer;
  }

  static Response expired(Request request) {
    Status status = ApiError.expired("too old resource version, on demand").status();
    if (!Requests.isWatch(request)) {
      return Failure.answer(status);
    }
    ObjectNode event = Json.object().put("type", "ERROR");
    event.set("object", status.toJson());
    return Response.stream(
        "application/json",
        out -> {
          out.write(Json.write(event));
          out.write('\n');
        });
  }

  /// The connection ends without the end of the answer.
  static Response hungUp() {
    return Response.stream(
        "application/json",
        out -> {
          throw new IOException("hung up on demand");
        });
  }

  private static String reason(int code) {
    return switch (code) {
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 429 -> "TooManyRequests";
      case 500 -> "InternalError";
      case 503 -> "ServiceUnavailable";
      case 504 -> "Timeout";
      default -> "";
    };
  }
}
