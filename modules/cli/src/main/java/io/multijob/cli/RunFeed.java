package io.multijob.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/// The service's stream of new runs, read as a client of it.
///
/// Thread-safe.
final class RunFeed implements AutoCloseable {
  private static final String EVENT = "event:";
  private static final String DATA = "data:";

  private final HttpClient client;
  private final URI stream;
  private final Consumer<StoredRun> consumer;
  private final Thread thread = Thread.ofVirtual().name("run-feed").unstarted(this::read);

  /// @param consumer is given each run, on the feed's own thread
  RunFeed(HttpClient client, URI service, Consumer<StoredRun> consumer) {
    this.client = client;
    this.stream = service.resolve("/api/v1/stream");
    this.consumer = consumer;
  }

  void start() {
    thread.start();
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void read() {
    HttpRequest request =
        HttpRequest.newBuilder(stream).header("Accept", "text/event-stream").build();
    try {
      HttpResponse<java.io.InputStream> response =
          client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (var lines =
          new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
        String event = "";
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          if (line.startsWith(EVENT)) {
            event = line.substring(EVENT.length()).strip();
          } else if (line.startsWith(DATA) && event.equals("run")) {
            consumer.accept(StoredRun.parse(line.substring(DATA.length()).strip()));
          }
        }
      }
    } catch (IOException e) {
      // The service is closed before its reader when the sandbox stops.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
