package io.multijob.sandbox.api;

import io.multijob.http.Request;
import io.multijob.http.Response;
import io.multijob.sandbox.api.Representation.ListPage;
import io.multijob.sandbox.api.object.ApiError;
import io.multijob.sandbox.api.object.FieldError;
import io.multijob.sandbox.api.object.Key;
import io.multijob.sandbox.api.object.Status;
import io.multijob.sandbox.api.store.ObjectStore;
import io.multijob.sandbox.api.store.Snapshot;
import io.multijob.sandbox.api.store.Stored;
import java.io.BufferedOutputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/// Answers get and list, each from one snapshot. Thread-safe.
final class Reads {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final String EXPIRED =
      "The provided continue parameter is too old to display a consistent list result. You can"
          + " start a new list without the continue parameter, or use the continue token in this"
          + " response to retrieve the remainder of the results. Continuing with the provided"
          + " token results in an inconsistent list - objects that were created, modified, or"
          + " deleted between the time the first chunk was returned and now may show up in the"
          + " list.";

  private final ObjectStore store;

  Reads(ObjectStore store) {
    this.store = store;
  }

  Response get(Target target, Request request) {
    Representation representation = Negotiation.choose(request);
    Snapshot snapshot = atLeast(ListOptions.parse(request).revision());
    Stored object =
        snapshot
            .get(target.resource(), target.key())
            .filter(found -> found.traits().initialized() || Initializers.included(request))
            .orElseThrow(() -> ApiError.notFound(target.resource(), target.name()));
    return Response.json(200, representation.object(target.resource(), object));
  }

  Response list(Target target, Request request) {
    Representation representation = Negotiation.choose(request);
    if (Query.flag(request, "sendInitialEvents")) {
      throw ListOptions.invalid(
          FieldError.forbidden("sendInitialEvents", "sendInitialEvents is forbidden for list"));
    }
    ListPage page = page(Selection.of(target, request), ListOptions.parse(request));
    return Response.stream(
        "application/json",
        out -> {
          OutputStream buffered = new BufferedOutputStream(out, BUFFER_BYTES);
          representation.list(buffered, target.resource(), page);
          buffered.flush();
        });
  }

  /// All objects that are selected now.
  List<Stored> all(Selection selection) {
    return page(selection, new ListOptions("", ListOptions.Match.UNSAID, 0, "")).objects();
  }

  private ListPage page(Selection selection, ListOptions options) {
    if (!options.token().isEmpty()) {
      ContinueToken token = ContinueToken.decode(options.token());
      return page(selection, options, snapshotOf(token), token.last());
    }
    Snapshot snapshot =
        options.isExact() ? store.snapshotAt(options.revision()) : atLeast(options.revision());
    return page(selection, options, snapshot, new Key("", ""));
  }

  private ListPage page(Selection selection, ListOptions options, Snapshot snapshot, Key after) {
    List<Stored> objects = new ArrayList<>();
    Iterator<Stored> candidates = selection.candidates(snapshot, after);
    while (candidates.hasNext()) {
      Stored candidate = candidates.next();
      if (selection.matches(candidate)) {
        if (options.limit() > 0 && objects.size() == options.limit()) {
          return unfinished(selection, snapshot, objects);
        }
        objects.add(candidate);
      }
    }
    return new ListPage(objects, snapshot.revision(), "", 0);
  }

  private static ListPage unfinished(Selection selection, Snapshot snapshot, List<Stored> objects) {
    Key last = objects.getLast().key();
    long remaining =
        selection.isEverything()
            ? snapshot.objects(selection.resource()).countAfter(last, selection.namespace())
            : 0;
    String token = new ContinueToken(snapshot.revision(), last).encode();
    return new ListPage(objects, snapshot.revision(), token, remaining);
  }

  private Snapshot snapshotOf(ContinueToken token) {
    if (token.revision() == ContinueToken.LATEST) {
      return store.snapshot();
    }
    try {
      return store.snapshotAt(token.revision());
    } catch (ApiError e) {
      throw expired(token);
    }
  }

  /// The pieces of the list cannot be had any more; the token goes on with what is there now.
  private static ApiError expired(ContinueToken token) {
    ContinueToken inconsistent = new ContinueToken(ContinueToken.LATEST, token.last());
    Status status = ApiError.expired(EXPIRED).status();
    return new ApiError(status.withContinue(inconsistent.encode()));
  }

  private Snapshot atLeast(long revision) {
    Snapshot snapshot = store.snapshot();
    if (revision > snapshot.revision()) {
      throw ApiError.tooLarge(revision, snapshot.revision());
    }
    return snapshot;
  }
}
