package io.multijob.sandbox.run.client;

import io.multijob.sandbox.api.object.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.Executors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Talks to an API server without authentication, as this one has none. Thread-safe.
public final class ApiClient implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);
  private static final String JSON = "application/json";

  private final URI server;
  private final HttpClient http;

  public ApiClient(URI server) {
    this.server = server;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
  }

  public Answer get(String path) throws IOException, InterruptedException {
    return answer(request(path).GET());
  }

  public Answer create(String path, JsonNode object) throws IOException, InterruptedException {
    return answer(request(path).header("Content-Type", JSON).POST(body(object)));
  }

  /// Sends a strategic merge patch, which is what a kubelet sends.
  public Answer patch(String path, JsonNode patch) throws IOException, InterruptedException {
    return answer(
        request(path)
            .header("Content-Type", "application/strategic-merge-patch+json")
            .method("PATCH", body(patch)));
  }

  /// Deletes one object.
  ///
  /// @param options a `DeleteOptions`
  public Answer delete(String path, JsonNode options) throws IOException, InterruptedException {
    return answer(request(path).header("Content-Type", JSON).method("DELETE", body(options)));
  }

  /// Opens a stream of lines, to be closed by the caller.
  ///
  /// @throws IOException also when the server refuses
  InputStream open(String path) throws IOException, InterruptedException {
    HttpResponse<InputStream> response =
        http.send(request(path).GET().build(), BodyHandlers.ofInputStream());
    if (response.statusCode() != 200) {
      try (InputStream body = response.body()) {
        throw new RefusedException(refusal(response.statusCode(), body.readAllBytes()));
      }
    }
    return response.body();
  }

  /// Cuts off what is in progress.
  @Override
  public void close() {
    http.shutdownNow();
  }

  private Answer answer(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<byte[]> response =
        http.send(request.timeout(ANSWER_TIMEOUT).build(), BodyHandlers.ofByteArray());
    if (response.statusCode() / 100 != 2) {
      return refusal(response.statusCode(), response.body());
    }
    if (parsed(response.body()) instanceof ObjectNode object) {
      return new Answer.Done(object);
    }
    throw new IOException("the API server's answer is no object");
  }

  private static Answer.Refused refusal(int code, byte[] body) {
    try {
      JsonNode status = parsed(body);
      return new Answer.Refused(code, Json.text(status, "reason"), Json.text(status, "message"));
    } catch (IOException e) {
      return new Answer.Refused(code, "", "an answer that is not JSON");
    }
  }

  static JsonNode parsed(byte[] text) throws IOException {
    try {
      return Json.read(text);
    } catch (JacksonException e) {
      throw new IOException("the API server's answer is not JSON", e);
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(server.resolve(path)).header("Accept", JSON);
  }

  private static BodyPublisher body(JsonNode document) {
    return BodyPublishers.ofByteArray(Json.write(document));
  }
}
