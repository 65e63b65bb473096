package io.multijob.sandbox.run.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.multijob.sandbox.api.object.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Lists objects and watches what becomes of them, until closed: reconnects where it left off, and
/// relists when that is not kept any more.
///
/// Thread-safe. The sink is called on one thread, the list-watch's own, which is interrupted at the
/// end.
public final class ListWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ListWatch.class);

  private static final int PAGE = 500;
  private static final int WATCH_SECONDS = 300;
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

  private final ApiClient client;
  private final String path;
  private final Sink sink;
  private final Thread thread;

  private String version = ""; // seen last, empty before a list; used by the thread only
  private int failures; // in a row; used by the thread only

  /// Takes what is seen.
  public interface Sink {

    /// All objects there are at one moment, at the beginning or after a gap: others are gone.
    void relisted(List<ObjectNode> objects);

    /// `object` is new or has changed.
    void changed(ObjectNode object);

    /// `object` has been deleted, or is not selected any more; this was its last state.
    void gone(ObjectNode object);
  }

  /// One that is not started yet.
  ///
  /// @param path of a collection, with selectors if need be
  public ListWatch(ApiClient client, String path, Sink sink) {
    this.client = client;
    this.path = path;
    this.sink = sink;
    this.thread = Thread.ofVirtual().name("list-watch " + path).unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  @Override
  public void close() {
    if (!thread.isAlive()) {
      return;
    }
    thread.interrupt();
    try {
      if (!thread.join(STOP_TIMEOUT)) {
        LOG.atWarn().addKeyValue("path", path).log("List-watch did not stop");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (true) {
        runPass();
        Thread.sleep(Persistence.BACKOFF.afterFailures(failures));
      }
    } catch (InterruptedException e) {
      LOG.atDebug().addKeyValue("path", path).log("List-watch stopped");
    }
  }

  /// The one place that catches everything: no failure of a pass may end the loop.
  private void runPass() throws InterruptedException {
    try {
      pass();
    } catch (RefusedException e) {
      failures++;
      version = e.isGone() ? "" : version;
      LOG.atDebug().setCause(e).addKeyValue("path", path).log("List-watch was refused");
    } catch (IOException | RuntimeException e) {
      if (Thread.currentThread().isInterrupted()) {
        throw new InterruptedException();
      }
      failures++;
      LOG.atDebug().setCause(e).addKeyValue("path", path).log("List-watch broke off");
    }
  }

  /// Lists if need be, and watches until the server ends it.
  private void pass() throws IOException, InterruptedException {
    if (version.isEmpty()) {
      list();
    }
    String query = ResourcePath.with(path, "watch", "true");
    query = ResourcePath.with(query, "allowWatchBookmarks", "true");
    query = ResourcePath.with(query, "timeoutSeconds", Integer.toString(WATCH_SECONDS));
    query = ResourcePath.with(query, "resourceVersion", version);
    try (InputStream body = client.open(query);
        BufferedReader lines = new BufferedReader(new InputStreamReader(body, UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        take(ApiClient.parsed(line.getBytes(UTF_8)));
        failures = 0;
      }
    }
  }

  private void list() throws IOException, InterruptedException {
    List<ObjectNode> objects = new ArrayList<>();
    String page = ResourcePath.with(path, "limit", Integer.toString(PAGE));
    String listed;
    String next = "";
    do {
      String query = next.isEmpty() ? page : ResourcePath.with(page, "continue", next);
      ObjectNode list =
          switch (client.get(query)) {
            case Answer.Done(ObjectNode object) -> object;
            case Answer.Refused refusal -> throw new RefusedException(refusal);
          };
      list.path("items").forEach(item -> objects.add((ObjectNode) item));
      next = Json.text(list, "metadata", "continue");
      listed = Json.text(list, "metadata", "resourceVersion");
    } while (!next.isEmpty());
    sink.relisted(objects);
    version = listed;
  }

  private void take(JsonNode event) throws IOException {
    if (!(event.path("object") instanceof ObjectNode object)) {
      throw new IOException("a watch event without an object");
    }
    switch (Json.text(event, "type")) {
      case "ADDED", "MODIFIED" -> sink.changed(object);
      case "DELETED" -> sink.gone(object);
      case "BOOKMARK" -> LOG.atTrace().addKeyValue("path", path).log("Bookmark");
      default ->
          throw new RefusedException(
              new Answer.Refused(
                  (int) Json.number(object, 0, "code"),
                  Json.text(object, "reason"),
                  Json.text(object, "message")));
    }
    version = Json.text(object, "metadata", "resourceVersion");
  }
}
