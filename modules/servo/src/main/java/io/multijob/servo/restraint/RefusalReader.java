package io.multijob.servo.restraint;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.json.JsonMapper;

/// Reads what a watch of Events tells.
final class RefusalReader {
  private RefusalReader() {}

  /// Takes one line of the watch, and says whether to read on.
  @FunctionalInterface
  interface LineConsumer {
    boolean accept(Line line) throws InterruptedException;
  }

  /// One line of the watch.
  ///
  /// @param version from where to go on; empty where the watch cannot
  /// @param refusal the one that it tells of, if it tells of one
  record Line(String version, Optional<Refusal> refusal) {}

  /// Reads a watch until it ends or `lines` has had enough.
  ///
  /// @throws IOException if the connection breaks, or what comes is no watch
  static void read(InputStream watch, LineConsumer lines) throws IOException, InterruptedException {
    try (MappingIterator<JsonNode> events =
        JsonMapper.shared().readerFor(JsonNode.class).readValues(watch)) {
      while (events.hasNextValue() && lines.accept(line(events.nextValue()))) {
        // goes on
      }
    } catch (JacksonException e) {
      if (e instanceof JacksonIOException && e.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw new IOException("the watch of events is garbled: " + e.getOriginalMessage(), e);
    }
  }

  private static Line line(JsonNode line) {
    JsonNode event = line.path("object");
    String type = line.path("type").asString("");
    if (type.equals("ERROR")) {
      return new Line("", Optional.empty());
    }
    String version = event.path("metadata").path("resourceVersion").asString("");
    boolean told = type.equals("ADDED") || type.equals("MODIFIED");
    return new Line(version, told ? refusal(event) : Optional.empty());
  }

  private static Optional<Refusal> refusal(JsonNode event) {
    JsonNode about = event.path("involvedObject");
    String message = event.path("message").asString("");
    ObjectRef owner =
        new ObjectRef(
            about.path("apiVersion").asString(""),
            about.path("kind").asString(""),
            about.path("namespace").asString(""),
            about.path("name").asString(""),
            about.path("uid").asString(""));
    return message.isEmpty() || owner.name().isEmpty()
        ? Optional.empty()
        : Optional.of(new Refusal(owner, message));
  }
}
