package io.multijob.e2e.chaos.pod;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.multijob.e2e.chaos.ledger.Span;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Writes to the API server until it has taken what was written, however often it is killed.
///
/// At most [#AT_ONCE] requests are under way at a time. Thread-safe.
final class PodApi {
  private static final int AT_ONCE = 64;
  private static final Duration ANSWER = Duration.ofSeconds(30);
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  /// What is of interest of a pod is its metadata; the rest need not travel back.
  private static final String METADATA_ONLY =
      "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1";

  private final HttpClient client;
  private final String server;
  private final InstantSource clock;
  private final Semaphore places = new Semaphore(AT_ONCE);

  /// @param server the API server's URL
  PodApi(HttpClient client, String server, InstantSource clock) {
    this.client = client;
    this.server = server.replaceFirst("/+$", "");
    this.clock = clock;
  }

  /// A request, but for where to.
  ///
  /// @param type of the body
  record Call(String method, String path, String type, String body) {}

  /// The last answer to a request.
  ///
  /// @param span from the first attempt to this answer
  record Answer(int status, String body, Span span) {
    boolean ok() {
      return status / 100 == 2;
    }

    /// @throws IOException if it is none of success
    Answer orFail(Call call) throws IOException {
      if (!ok()) {
        throw new IOException(
            "%s %s was answered with %d: %s".formatted(call.method(), call.path(), status, body));
      }
      return this;
    }

    JsonNode metadata() {
      return JsonMapper.shared().readTree(body).path("metadata");
    }
  }

  /// Makes the request again and again, until it is answered by neither a broken connection, nor
  /// 429, nor 5xx, nor the 403 of an API server that has just started.
  ///
  /// @throws IOException if that does not happen for minutes
  Answer send(Call call) throws IOException, InterruptedException {
    Instant asked = clock.instant();
    String trouble = "";
    while (clock.instant().isBefore(asked.plus(PATIENCE))) {
      try {
        HttpResponse<String> response = attempt(call);
        Instant done = clock.instant();
        if (!turnedAway(response.code())) {
          return new Answer(response.code(), text(response), new Span(asked, done));
        }
        trouble = response.code() + ": " + text(response);
      } catch (IOException e) {
        trouble = String.valueOf(e.getMessage());
      }
      Thread.sleep(ThreadLocalRandom.current().nextLong(50, 400));
    }
    throw new IOException(
        "%s %s was not answered for %s: %s"
            .formatted(call.method(), call.path(), PATIENCE, trouble));
  }

  private HttpResponse<String> attempt(Call call) throws IOException, InterruptedException {
    HttpRequest request =
        client
            .newHttpRequestBuilder()
            .uri(server + call.path())
            .header("Accept", METADATA_ONLY)
            .method(call.method(), call.type(), call.body())
            .build();
    places.acquire();
    try {
      CompletableFuture<HttpResponse<String>> answer = client.sendAsync(request, String.class);
      return answer.get(ANSWER.toSeconds(), SECONDS);
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } catch (TimeoutException e) {
      throw new IOException("no answer within " + ANSWER, e);
    } finally {
      places.release();
    }
  }

  private static boolean turnedAway(int status) {
    return status == 401 || status == 403 || status == 429 || status / 100 == 5;
  }

  private static String text(HttpResponse<String> response) {
    return String.valueOf(response.body());
  }
}
