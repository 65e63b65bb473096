package io.multijob.servo.watch;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;

/// Decodes what the API server answers to a list or a watch of pods.
///
/// Not thread-safe: one for each watch.
///
/// @param <T> the form in which pods are read
final class PodDecoder<T> {
  private static final JsonFactory JSON =
      JsonFactory.builder().disable(StreamReadFeature.AUTO_CLOSE_SOURCE).build();

  private final PodForm<T> objects;

  PodDecoder(PodForm<T> form) {
    objects = form;
  }

  /// Takes what a list holds, pod by pod.
  @FunctionalInterface
  interface PodConsumer<T> {
    void accept(T pod) throws InterruptedException;
  }

  /// Takes what a watch tells, and says whether to read on.
  @FunctionalInterface
  interface EventConsumer<T> {
    boolean accept(WatchEvent<T> event) throws InterruptedException;
  }

  /// The end of one page of a list.
  ///
  /// @param version from where a watch follows the list
  /// @param continueToken for the next page; empty after the last
  record Page(String version, String continueToken, int pods) {}

  /// Reads a page of a list, giving each pod to `pods` as soon as it is read.
  ///
  /// @throws GarbledException if it is no list
  Page readList(InputStream in, PodConsumer<T> pods) throws IOException, InterruptedException {
    EndNoting source = new EndNoting(in);
    try (JsonParser p = JSON.createParser(ObjectReadContext.empty(), source)) {
      return list(p, pods);
    } catch (JacksonException e) {
      throw translated(e, source);
    }
  }

  /// Reads a watch until it ends or `events` has had enough.
  ///
  /// @throws GarbledException if something comes that is no event
  void readWatch(InputStream in, EventConsumer<T> events) throws IOException, InterruptedException {
    EndNoting source = new EndNoting(in);
    try (JsonParser p = JSON.createParser(ObjectReadContext.empty(), source)) {
      boolean more = true;
      while (more && p.nextToken() != null) {
        Optional<WatchEvent<T>> event = event(p);
        more = event.isEmpty() || events.accept(event.get());
      }
    } catch (JacksonException e) {
      throw translated(e, source);
    }
  }

  /// What a `Status` in the body of an answer says; an empty failure if there is none.
  Failure readStatus(InputStream in) {
    try (JsonParser p = JSON.createParser(ObjectReadContext.empty(), in)) {
      return p.nextToken() == JsonToken.START_OBJECT ? objects.read(p).failure() : Failure.NONE;
    } catch (JacksonException e) {
      return Failure.NONE;
    }
  }

  private Page list(JsonParser p, PodConsumer<T> pods) throws IOException, InterruptedException {
    if (p.nextToken() != JsonToken.START_OBJECT) {
      throw new GarbledException("expected a list of pods, found " + p.currentToken());
    }
    String version = "";
    String continueToken = "";
    int count = 0;
    for (String field = p.nextName(); field != null; field = p.nextName()) {
      p.nextToken();
      switch (field) {
        case "metadata" -> {
          ListMetadata metadata = listMetadata(p);
          version = metadata.version();
          continueToken = metadata.continueToken();
        }
        case "items" -> count = items(p, pods);
        default -> p.skipChildren();
      }
    }
    if (version.isEmpty()) {
      throw new GarbledException("expected a list of pods, found one without a resourceVersion");
    }
    return new Page(version, continueToken, count);
  }

  private int items(JsonParser p, PodConsumer<T> pods) throws InterruptedException {
    int count = 0;
    if (objects.values().entersArray(p)) {
      while (p.nextToken() != JsonToken.END_ARRAY) {
        pods.accept(objects.read(p).pod());
        count++;
      }
    }
    return count;
  }

  private record ListMetadata(String version, String continueToken) {}

  private ListMetadata listMetadata(JsonParser p) {
    String version = "";
    String continueToken = "";
    if (objects.values().entersObject(p)) {
      for (String field = p.nextName(); field != null; field = p.nextName()) {
        p.nextToken();
        switch (field) {
          case "resourceVersion" -> version = objects.values().text(p);
          case "continue" -> continueToken = objects.values().text(p);
          default -> p.skipChildren();
        }
      }
    }
    return new ListMetadata(version, continueToken);
  }

  /// The event at which the parser stands; nothing for one of a type that we do not know.
  private Optional<WatchEvent<T>> event(JsonParser p) throws GarbledException {
    if (p.currentToken() != JsonToken.START_OBJECT) {
      throw new GarbledException("expected an event, found " + p.currentToken());
    }
    String type = "";
    Optional<ApiObject<T>> read = Optional.empty();
    for (String field = p.nextName(); field != null; field = p.nextName()) {
      p.nextToken();
      switch (field) {
        case "type" -> type = objects.values().word(p);
        case "object" -> read = Optional.of(objects.read(p));
        default -> p.skipChildren();
      }
    }
    if (type.isEmpty() || read.isEmpty()) {
      throw new GarbledException("expected an event, found one without a type or an object");
    }
    ApiObject<T> object = read.get();
    return switch (type) {
      case "ADDED", "MODIFIED" ->
          Optional.of(new WatchEvent.Seen<>(object.pod(), object.version()));
      case "DELETED" -> Optional.of(new WatchEvent.Gone<>(object.pod(), object.version()));
      case "BOOKMARK" -> Optional.of(new WatchEvent.Bookmark<>(object.version()));
      case "ERROR" -> Optional.of(new WatchEvent.Failed<>(object.failure()));
      default -> Optional.empty();
    };
  }

  private static IOException translated(JacksonException e, EndNoting source) {
    if (e instanceof JacksonIOException && e.getCause() instanceof IOException cause) {
      return cause;
    }
    return source.ended()
        ? new IOException("the connection ended in the middle of an object", e)
        : new GarbledException("not JSON: " + e.getOriginalMessage(), e);
  }
}
