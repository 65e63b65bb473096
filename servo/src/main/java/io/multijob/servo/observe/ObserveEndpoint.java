package io.multijob.servo.observe;

import io.multijob.http.Handler;
import io.multijob.http.Request;
import io.multijob.http.Response;
import java.io.IOException;

/// `/metrics` for Prometheus, `/healthz` and `/readyz` for the kubelet.
///
/// Thread-safe.
public final class ObserveEndpoint implements Handler {
  private final ServoMetrics metrics;
  private final Health health;

  public ObserveEndpoint(ServoMetrics metrics, Health health) {
    this.metrics = metrics;
    this.health = health;
  }

  @Override
  public Response handle(Request request) throws IOException {
    if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
      return Response.text(405, "only GET\n").with("Allow", "GET, HEAD");
    }
    return switch (request.path()) {
      case "/metrics" -> metrics.scrape(request);
      case "/healthz" -> Response.text(200, "ok\n");
      case "/readyz" -> health.answer();
      default -> Response.text(404, "there is /metrics, /healthz and /readyz\n");
    };
  }
}
