package io.multijob.sandbox.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.multijob.http.Response;
import io.multijob.sandbox.api.Representation.Place;
import io.multijob.sandbox.api.WatchOptions.Bookmarks;
import io.multijob.sandbox.api.WatchOptions.Start;
import io.multijob.sandbox.api.object.ApiError;
import io.multijob.sandbox.api.object.Json;
import io.multijob.sandbox.api.object.Key;
import io.multijob.sandbox.api.store.Change;
import io.multijob.sandbox.api.store.ObjectStore;
import io.multijob.sandbox.api.store.Snapshot;
import io.multijob.sandbox.api.store.Stored;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Iterator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// One watch: events from a revision on, as they happen, until its time is up or the history that
/// it still has to tell is forgotten. For one request and its thread.
final class WatchStream implements Response.Writer {
  private static final long BOOKMARK_NANOS = Duration.ofMinutes(1).toNanos();
  private static final long LAST_BOOKMARK_NANOS = Duration.ofSeconds(2).toNanos(); // before the end
  private static final byte[] TAIL = "}\n".getBytes(UTF_8);

  private final ObjectStore store;
  private final Selection selection;
  private final WatchOptions options;
  private final Representation representation;
  private final EventFaults faults;

  private long cursor; // the revision that has been told
  private Place place = Place.FIRST;
  private boolean ended; // by a fault

  WatchStream(
      ObjectStore store,
      Selection selection,
      WatchOptions options,
      Representation representation,
      EventFaults faults) {
    this.store = store;
    this.selection = selection;
    this.options = options;
    this.representation = representation;
    this.faults = faults;
  }

  @Override
  public void write(OutputStream out) throws IOException, InterruptedException {
    try {
      begin(out);
      follow(out);
    } catch (ApiError e) {
      // An error on a stream that has begun is its last event.
      send(out, "ERROR", Json.write(e.status().toJson()));
      out.flush();
    }
  }

  private void begin(OutputStream out) throws IOException, InterruptedException {
    if (options.start() == Start.EVENTS) {
      store.requireChangesAfter(options.revision());
      cursor = options.revision();
      return;
    }
    Snapshot snapshot = store.snapshot();
    Iterator<Stored> objects = selection.candidates(snapshot, new Key("", ""));
    while (objects.hasNext()) {
      Stored object = objects.next();
      if (selection.matches(object)) {
        send(out, "ADDED", object);
      }
    }
    cursor = snapshot.revision();
    if (options.start() == Start.OBJECTS_AND_MARK && options.bookmarks() == Bookmarks.SENT) {
      ObjectNode annotations = Json.object().put("k8s.io/initial-events-end", "true");
      sendBookmark(out, Json.object().set("annotations", annotations));
    }
    out.flush();
  }

  private void follow(OutputStream out) throws IOException, InterruptedException {
    long end = System.nanoTime() + options.timeout().toNanos();
    long nextBookmark = nextBookmark(end);
    catchUp(out);
    while (!ended && System.nanoTime() - end < 0) {
      long now = System.nanoTime();
      store.awaitAfter(cursor, Math.min(end - now, nextBookmark - now));
      catchUp(out);
      if (System.nanoTime() - nextBookmark >= 0) {
        bookmark(out);
        nextBookmark = nextBookmark(end);
      }
    }
  }

  /// Each minute, and shortly before the end, so that a client need not go back far.
  private static long nextBookmark(long end) {
    long now = System.nanoTime();
    long untilLast = end - LAST_BOOKMARK_NANOS - now;
    return now + (untilLast > 0 ? Math.min(untilLast, BOOKMARK_NANOS) : BOOKMARK_NANOS);
  }

  /// Tells all that has happened since.
  private void catchUp(OutputStream out) throws IOException, InterruptedException {
    long newest = store.snapshot().revision();
    boolean told = false;
    while (cursor < newest) {
      Change change = store.change(cursor + 1);
      cursor++;
      if (change.resource() == selection.resource()) {
        told |= tell(out, change);
      }
    }
    if (told) {
      out.flush();
    }
  }

  /// An object that comes to be selected is added, one that ceases to be is deleted.
  private boolean tell(OutputStream out, Change change) throws IOException, InterruptedException {
    boolean is = selection.matches(change.object());
    switch (change) {
      case Change.Added added when is -> send(out, "ADDED", added.object());
      case Change.Deleted deleted when is -> send(out, "DELETED", deleted.object());
      case Change.Modified modified when is && selection.matches(modified.previous()) ->
          send(out, "MODIFIED", modified.object());
      case Change.Modified modified when is -> send(out, "ADDED", modified.object());
      case Change.Modified modified when selection.matches(modified.previous()) ->
          send(out, "DELETED", modified.previous().at(selection.resource(), modified.revision()));
      default -> {
        return false;
      }
    }
    return true;
  }

  private void bookmark(OutputStream out) throws IOException, InterruptedException {
    if (options.bookmarks() == Bookmarks.SENT) {
      sendBookmark(out, Json.object());
      out.flush();
    }
  }

  private void sendBookmark(OutputStream out, JsonNode meta)
      throws IOException, InterruptedException {
    ObjectNode object = representation.bookmark(selection.resource());
    ((ObjectNode) meta).put("resourceVersion", Long.toString(cursor));
    object.set("metadata", meta);
    send(out, "BOOKMARK", Json.write(object));
  }

  private void send(OutputStream out, String type, Stored object)
      throws IOException, InterruptedException {
    send(out, type, representation.event(selection.resource(), object, place));
    place = Place.LATER;
  }

  private void send(OutputStream out, String type, byte[] object)
      throws IOException, InterruptedException {
    byte[] head = "{\"type\":\"%s\",\"object\":".formatted(type).getBytes(UTF_8);
    if (!faults.beforeEvent(out, head, object)) {
      ended = true;
    }
    if (!ended) {
      out.write(head);
      out.write(object);
      out.write(TAIL);
    }
  }
}
