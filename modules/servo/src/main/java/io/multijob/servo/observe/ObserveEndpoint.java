package io.multijob.servo.observe;

import io.multijob.http.Handler;
import io.multijob.http.Request;
import io.multijob.http.Response;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Answers `/metrics` for Prometheus, and `/healthz` and `/readyz` for the kubelet: 200 when all
/// checks are in order, otherwise 503, and in any case what each of them says.
///
/// Thread-safe.
public final class ObserveEndpoint implements Handler {
  private final ServoMetrics metrics;
  private final List<Check> liveness;
  private final List<Check> readiness;

  /// @param liveness what only a restart can heal
  /// @param readiness what is needed to report runs
  public ObserveEndpoint(ServoMetrics metrics, List<Check> liveness, List<Check> readiness) {
    this.metrics = metrics;
    this.liveness = List.copyOf(liveness);
    this.readiness = List.copyOf(readiness);
  }

  @Override
  public Response handle(Request request) throws IOException {
    if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
      return Response.text(405, "only GET and HEAD\n").with("Allow", "GET, HEAD");
    }
    return switch (request.path()) {
      case "/metrics" -> metrics.scrape(request);
      case "/healthz" -> answer(liveness);
      case "/readyz" -> answer(readiness);
      default -> Response.text(404, "there are /metrics, /healthz and /readyz\n");
    };
  }

  private static Response answer(List<Check> checks) {
    ObjectNode details = JsonMapper.shared().createObjectNode();
    boolean inOrder = true;
    for (Check check : checks) {
      Optional<String> problem = check.problem().get();
      inOrder &= problem.isEmpty();
      details.put(check.name(), problem.orElseGet(check.note()));
    }
    ObjectNode answer = JsonMapper.shared().createObjectNode();
    answer.put("status", inOrder ? "ok" : "not ok");
    answer.set("checks", details);
    return Response.json(inOrder ? 200 : 503, answer.toString());
  }
}
