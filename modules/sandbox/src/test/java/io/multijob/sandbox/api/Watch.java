package io.multijob.sandbox.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.multijob.sandbox.api.object.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// The events of one watch, as they come.
final class Watch implements AutoCloseable {

  /// One event.
  record Event(String type, JsonNode object) {
    String name() {
      return Json.text(object, "metadata", "name");
    }

    String version() {
      return Json.text(object, "metadata", "resourceVersion");
    }

    /// `ADDED name`.
    String summary() {
      return type + " " + name();
    }
  }

  private final BufferedReader lines;

  Watch(InputStream in) {
    this.lines = new BufferedReader(new InputStreamReader(in, UTF_8));
  }

  /// Waits for the next event.
  Event next() throws IOException {
    return nextOrEnd().orElseThrow(() -> new AssertionError("the watch has ended"));
  }

  /// Waits for the next event, or for the end of the stream.
  Optional<Event> nextOrEnd() throws IOException {
    return Optional.ofNullable(lines.readLine()).map(Watch::parse);
  }

  /// Waits for the next line, whatever it is.
  String nextLine() throws IOException {
    return Optional.ofNullable(lines.readLine()).orElse("");
  }

  /// Reads to the end of the stream.
  List<String> summaries() throws IOException {
    List<String> summaries = new ArrayList<>();
    for (Optional<Event> event = nextOrEnd(); event.isPresent(); event = nextOrEnd()) {
      summaries.add(event.get().summary());
    }
    return summaries;
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }

  private static Event parse(String line) {
    JsonNode event = Json.read(line.getBytes(UTF_8));
    return new Event(Json.text(event, "type"), event.path("object"));
  }
}
