package io.multijob.e2e.chaos.pod;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/// Posts figures to the servo, as podmon does: for two seconds, and then no more.
///
/// Thread-safe.
final class Posts implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration PAUSE = Duration.ofMillis(250);

  private final URI servo;
  private final HttpClient client = HttpClient.newHttpClient();

  /// @param port where the servo listens, when it does
  Posts(int port) {
    this.servo = URI.create("http://127.0.0.1:" + port + "/");
  }

  void post(String figures) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(servo)
            .timeout(PATIENCE)
            .POST(BodyPublishers.ofString(figures))
            .build();
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!taken(request) && System.nanoTime() < end) {
      Thread.sleep(PAUSE);
    }
  }

  private boolean taken(HttpRequest request) throws InterruptedException {
    try {
      HttpResponse<Void> answer = client.send(request, BodyHandlers.discarding());
      return answer.statusCode() / 100 == 2;
    } catch (IOException e) {
      return false; // it is away
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
