package io.multijob.servo.policy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.multijob.servo.kubernetes.ApiRequest;
import io.multijob.servo.kubernetes.ApiResponse;
import io.multijob.servo.kubernetes.KubernetesApi;
import io.multijob.servo.retry.RetryAfter;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Patches namespaces in the cluster.
///
/// Thread-safe.
final class NamespacePatches implements NamespaceWriter {
  private static final Duration TIME = Duration.ofSeconds(5);
  private static final int MAX_STATUS_BYTES = 16 * 1024;
  private static final int MAX_NAMESPACE_BYTES = 2 * 1024 * 1024;
  private static final JsonMapper MAPPER = JsonMapper.shared();

  private final KubernetesApi api;

  NamespacePatches(KubernetesApi api) {
    this.api = api;
  }

  @Override
  public Outcome write(String namespace, Function<Map<String, String>, Map<String, String>> plan)
      throws InterruptedException {
    String path = "/api/v1/namespaces/" + namespace;
    try {
      Map<String, String> present;
      try (ApiResponse response = api.get(path, TIME)) {
        if (!response.ok()) {
          return failed(response);
        }
        present = annotations(response);
      }
      Map<String, String> changes = plan.apply(present);
      return changes.isEmpty() ? new Outcome.Unchanged() : patch(path, changes);
    } catch (IOException | JacksonException e) {
      return new Outcome.Later(String.valueOf(e.getMessage()), Duration.ZERO);
    }
  }

  private Outcome patch(String path, Map<String, String> changes)
      throws IOException, InterruptedException {
    ApiRequest request =
        new ApiRequest(
            "PATCH", path + "?fieldManager=servo", "application/merge-patch+json", body(changes));
    try (ApiResponse response = api.send(request, TIME)) {
      if (!response.ok()) {
        return failed(response);
      }
      response.body().skip(Long.MAX_VALUE); // the connection is used again
      return new Outcome.Written();
    }
  }

  private static String body(Map<String, String> changes) {
    ObjectNode patch = MAPPER.createObjectNode();
    ObjectNode annotations = patch.putObject("metadata").putObject("annotations");
    changes.forEach((name, value) -> annotations.put(name, value.isEmpty() ? null : value));
    return patch.toString();
  }

  private static Map<String, String> annotations(ApiResponse response) throws IOException {
    JsonNode document = MAPPER.readTree(response.body().readNBytes(MAX_NAMESPACE_BYTES));
    Map<String, String> annotations = new LinkedHashMap<>();
    document
        .path("metadata")
        .path("annotations")
        .forEachEntry((name, value) -> annotations.put(name, value.asString("")));
    return annotations;
  }

  private static Outcome failed(ApiResponse response) throws IOException {
    String said = new String(response.body().readNBytes(MAX_STATUS_BYTES), UTF_8);
    String reason = response.status() + ": " + said.strip();
    return switch (response.status()) {
      case 404 -> new Outcome.Gone();
      case 401 -> new Outcome.Denied(reason);
      case 403 ->
          // Who may not, may not at all; a policy speaks of this patch alone.
          said.contains("cannot ") ? new Outcome.Denied(reason) : new Outcome.Refused(reason);
      case 409 -> new Outcome.Later(reason, Duration.ZERO);
      default ->
          response.status() == 429 || response.status() >= 500
              ? new Outcome.Later(reason, RetryAfter.parse(response.retryAfter(), Instant.now()))
              : new Outcome.Refused(reason);
    };
  }
}
