package io.multijob.sandbox.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.multijob.sandbox.api.object.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A client that knows nothing of Kubernetes: it sends what it is told and gives back what comes.
final class Client implements AutoCloseable {
  static final String JSON = "application/json";
  static final String MERGE = "application/merge-patch+json";
  static final String STRATEGIC = "application/strategic-merge-patch+json";
  static final String PODS = "/api/v1/namespaces/default/pods";
  static final String JOBS = "/apis/batch/v1/namespaces/default/jobs";

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /// An answer that has come whole.
  record Answer(int code, HttpResponse<String> response) {
    String text() {
      return response.body();
    }

    JsonNode json() {
      return Json.read(response.body().getBytes(UTF_8));
    }

    String at(String... path) {
      return Json.text(json(), path);
    }
  }

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ApiServer server;

  Client(ApiServer server) {
    this.server = server;
  }

  Answer get(String path) throws IOException, InterruptedException {
    return send("GET", path, "", "");
  }

  Answer post(String path, String body) throws IOException, InterruptedException {
    return send("POST", path, JSON, body);
  }

  Answer patch(String path, String type, String body) throws IOException, InterruptedException {
    return send("PATCH", path, type, body);
  }

  Answer delete(String path) throws IOException, InterruptedException {
    return send("DELETE", path, "", "");
  }

  Answer send(String method, String path, String type, String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = request(path).method(method, BodyPublishers.ofString(body));
    if (!type.isEmpty()) {
      request.header("Content-Type", type);
    }
    HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
    return new Answer(response.statusCode(), response);
  }

  Answer getAs(String accept, String path) throws IOException, InterruptedException {
    HttpRequest request = request(path).header("Accept", accept).build();
    HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
    return new Answer(response.statusCode(), response);
  }

  /// Begins to read a watch; the caller closes it.
  Watch watch(String path) throws IOException, InterruptedException {
    HttpResponse<InputStream> response =
        http.send(request(path).build(), BodyHandlers.ofInputStream());
    return new Watch(response.body());
  }

  /// Creates a pod and returns it.
  ObjectNode createPod(String name) throws IOException, InterruptedException {
    Answer answer = post(PODS, pod(name, "{}"));
    if (answer.code() != 201) {
      throw new AssertionError(answer.text());
    }
    return (ObjectNode) answer.json();
  }

  /// A pod with these labels, a JSON object.
  static String pod(String name, String labels) {
    return """
    {"metadata": {"name": "%s", "labels": %s},
     "spec": {"restartPolicy": "Never", "containers": [{"name": "main", "image": "i"}]}}
    """
        .formatted(name, labels);
  }

  static String job(String name) {
    return """
    {"metadata": {"name": "%s"},
     "spec": {"template": {"spec": {
       "restartPolicy": "Never", "containers": [{"name": "main", "image": "i"}]}}}}
    """
        .formatted(name);
  }

  @Override
  public void close() {
    http.shutdownNow();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(server.url() + path)).timeout(PATIENCE);
  }
}
