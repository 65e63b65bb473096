package io.multijob.optune;

import io.multijob.http.Handler;
import io.multijob.http.Request;
import io.multijob.http.Response;
import io.multijob.optune.api.Api;
import io.multijob.optune.api.ApiErrors;
import io.multijob.optune.intake.Intake;
import io.multijob.optune.live.RunStream;
import io.multijob.optune.page.Page;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// Takes each request to the part that answers it, past the guard. Thread-safe.
///
/// Servos and programs come with a bearer token; only reading is open to a browser's cookie, so no
/// other site's page can write in a person's name.
final class Service implements Handler {
  private static final String STREAM = "/api/v1/stream";

  private final Guard guard;
  private final Intake intake;
  private final Api api;
  private final RunStream stream;
  private final Page page;
  private final ServiceMetrics metrics;

  Service(
      Guard guard, Intake intake, Api api, RunStream stream, Page page, ServiceMetrics metrics) {
    this.guard = guard;
    this.intake = intake;
    this.api = api;
    this.stream = stream;
    this.page = page;
    this.metrics = metrics;
  }

  @Override
  public Response handle(Request request) throws IOException, InterruptedException {
    return secured(guarded(request));
  }

  private Response guarded(Request request) throws IOException, InterruptedException {
    if (!guard.origins().trustsHost(request)) {
      return ApiErrors.of(
          421,
          "the service listens on loopback without a token and answers to names of loopback only:"
              + " set OPTUNE_AUTH_TOKEN to reach it by another name");
    }
    Optional<List<String>> segments = segments(request);
    if (segments.isEmpty()) {
      return ApiErrors.of(400, "the path is not validly percent-encoded");
    }
    return isProtocol(segments.get())
        ? protocol(segments.get(), request)
        : reading(segments.get(), request);
  }

  /// `/metrics/{account}/{app id}/servo`.
  private static boolean isProtocol(List<String> segments) {
    return segments.size() == 4
        && segments.get(0).equals("metrics")
        && segments.get(3).equals("servo");
  }

  private Response protocol(List<String> segments, Request request) throws InterruptedException {
    if (!request.method().equals("POST")) {
      return wrongMethod("POST");
    }
    if (!guard.gate().opensForProgram(request)) {
      return unauthorized();
    }
    if (!guard.origins().trustsOrigin(request)) {
      return ApiErrors.of(403, "events are not taken from another site's page");
    }
    return intake.receive(segments.get(1), segments.get(2), request);
  }

  private Response reading(List<String> segments, Request request)
      throws IOException, InterruptedException {
    boolean head = request.method().equals("HEAD");
    if (!head && !request.method().equals("GET")) {
      return wrongMethod("GET, HEAD");
    }
    if (request.path().equals("/healthz")) {
      return Response.text(200, "ok\n");
    }
    Optional<String> cookie =
        segments.equals(List.of(""))
            ? request.query("token").flatMap(guard.gate()::cookieFor)
            : Optional.empty();
    if (cookie.isPresent()) {
      return page.welcome(request).with("Set-Cookie", cookie.get());
    }
    if (!guard.gate().opensForPerson(request)) {
      return unauthorized().with("WWW-Authenticate", "Basic realm=\"optune\", charset=\"UTF-8\"");
    }
    if (request.path().equals("/metrics")) {
      return metrics.response();
    }
    if (request.path().equals(STREAM)) {
      return head ? wrongMethod("GET") : stream.open(request);
    }
    if (segments.size() > 1 && segments.get(0).equals("api") && segments.get(1).equals("v1")) {
      return api.handle(request);
    }
    return page.handle(request);
  }

  private static Optional<List<String>> segments(Request request) {
    try {
      return Optional.of(request.segments());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Response wrongMethod(String allowed) {
    return ApiErrors.of(405, "expected " + allowed).with("Allow", allowed);
  }

  private static Response unauthorized() {
    return ApiErrors.of(401, "the token is missing or wrong")
        .with("WWW-Authenticate", "Bearer realm=\"optune\"");
  }

  private static Response secured(Response response) {
    return response
        .with("X-Content-Type-Options", "nosniff")
        .with("Referrer-Policy", "no-referrer")
        .with("Cross-Origin-Resource-Policy", "same-origin");
  }
}
