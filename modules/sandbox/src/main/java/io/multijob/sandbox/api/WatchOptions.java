package io.multijob.sandbox.api;

import io.multijob.http.Request;
import io.multijob.sandbox.api.object.ApiError;
import io.multijob.sandbox.api.object.FieldError;
import java.time.Duration;

/// What a watch asks for beside the selectors.
///
/// @param revision after which events are wanted
/// @param start what comes before them
/// @param bookmarks whether the client wants to know of revisions without events
/// @param timeout after which the stream ends
record WatchOptions(long revision, Start start, Bookmarks bookmarks, Duration timeout) {
  private static final Duration LONGEST = Duration.ofMinutes(45);

  /// What a stream begins with.
  enum Start {
    /// The events after the revision.
    EVENTS,
    /// An event for each object there is.
    OBJECTS,
    /// The same, and then a bookmark that says so.
    OBJECTS_AND_MARK
  }

  /// Whether bookmarks are sent.
  enum Bookmarks {
    SENT,
    LEFT_OUT
  }

  static WatchOptions parse(Request request) {
    ListOptions options = ListOptions.parse(request);
    long seconds = Query.number(request, "timeoutSeconds").orElse(0);
    return new WatchOptions(
        revision(options),
        start(request, options),
        Query.flag(request, "allowWatchBookmarks") ? Bookmarks.SENT : Bookmarks.LEFT_OUT,
        seconds > 0 ? Duration.ofSeconds(seconds) : LONGEST);
  }

  /// As one that asks for no bookmarks.
  WatchOptions withoutBookmarks() {
    return new WatchOptions(revision, start, Bookmarks.LEFT_OUT, timeout);
  }

  /// For a watch the real server has no better answer to a version that is none.
  private static long revision(ListOptions options) {
    try {
      return options.revision();
    } catch (ApiError e) {
      throw ApiError.internal(
          e.status().message().substring(e.status().message().indexOf("resourceVersion:")));
    }
  }

  private static Start start(Request request, ListOptions options) {
    if (request.query("sendInitialEvents").isPresent()) {
      if (options.match() != ListOptions.Match.NOT_OLDER_THAN) {
        throw ListOptions.invalid(
            FieldError.forbidden(
                "resourceVersionMatch",
                "sendInitialEvents requires setting resourceVersionMatch to NotOlderThan"));
      }
      return Query.flag(request, "sendInitialEvents") ? Start.OBJECTS_AND_MARK : Start.EVENTS;
    }
    if (options.match() != ListOptions.Match.UNSAID) {
      throw ListOptions.invalid(
          FieldError.forbidden(
              "resourceVersionMatch",
              "resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided"));
    }
    return options.revision() == 0 ? Start.OBJECTS : Start.EVENTS;
  }
}
