package io.multijob.sandbox.api;

import io.multijob.http.Request;
import io.multijob.sandbox.api.object.ApiError;
import io.multijob.sandbox.api.object.Json;
import io.multijob.sandbox.api.object.Meta;
import io.multijob.sandbox.api.object.Resource;
import io.multijob.sandbox.api.object.Status;
import io.multijob.sandbox.api.object.Status.Details;
import io.multijob.sandbox.api.store.Change;
import io.multijob.sandbox.api.store.ObjectStore;
import io.multijob.sandbox.api.store.Stored;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Has new pods wait for their initializers, and those who create them with them: nobody sees such
/// a pod who does not ask for it, until each initializer has taken its name off the list.
///
/// Thread-safe.
final class Initializers implements PodMutator {
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final Pattern SECONDS = Pattern.compile("(\\d{1,5})s");

  private final ObjectStore store;
  private final List<String> names;

  /// @param names what each new pod waits for; none where there are no initializers
  Initializers(ObjectStore store, List<String> names) {
    this.store = store;
    this.names = List.copyOf(names);
  }

  /// Whether the sender wants to see what is not initialized, or not to wait for it.
  static boolean included(Request request) {
    return Query.flag(request, "includeUninitialized");
  }

  @Override
  public void mutate(ObjectNode pod) {
    ObjectNode meta = Meta.of(pod).document();
    if (!names.isEmpty() && !meta.has("initializers")) {
      ArrayNode pending = meta.putObject("initializers").putArray("pending");
      names.forEach(name -> pending.addObject().put("name", name));
    }
  }

  /// The object as it is once it is initialized, which is now or within the request's `timeout`.
  ///
  /// @throws ApiError if it takes longer (504), an initializer refuses it, or it is deleted
  Stored await(Resource resource, Stored created, Request request) throws InterruptedException {
    long end = System.nanoTime() + timeout(request).toNanos();
    Stored now = created;
    while (!now.traits().initialized()) {
      if (!store.awaitAfter(now.revision(), end - System.nanoTime())) {
        throw timedOut(resource, now);
      }
      now = next(resource, now);
    }
    return now;
  }

  /// The object after the next change of anything.
  private Stored next(Resource resource, Stored object) {
    Change change = store.change(object.revision() + 1);
    if (change.resource() != resource || !change.object().uid().equals(object.uid())) {
      return new Stored(
          object.key(), object.uid(), change.revision(), object.json(), object.traits());
    }
    if (change instanceof Change.Deleted(Resource ofOne, Stored last)) {
      throw refused(last).orElseGet(() -> ApiError.notFound(ofOne, last.key().name()));
    }
    return change.object();
  }

  private static Optional<ApiError> refused(Stored last) {
    JsonNode result = Meta.of(last.toJson()).document().path("initializers").path("result");
    if (!result.isObject()) {
      return Optional.empty();
    }
    int code = (int) Json.number(result, 500, "code");
    return Optional.of(
        new ApiError(
            new Status(
                code, Json.text(result, "reason"), Json.text(result, "message"), Details.NONE)));
  }

  private static ApiError timedOut(Resource resource, Stored object) {
    Details details =
        new Details(
            object.key().name(),
            resource.group().id(),
            resource.plural(),
            List.of(),
            OptionalInt.empty());
    String message =
        "Timeout: request did not complete within requested timeout, %s \"%s\" is not initialized"
            .formatted(resource.qualified(), object.key().name());
    return new ApiError(new Status(504, "Timeout", message, details));
  }

  private static Duration timeout(Request request) {
    Matcher asked = SECONDS.matcher(request.query("timeout").orElse(""));
    return asked.matches() ? Duration.ofSeconds(Long.parseLong(asked.group(1))) : LONGEST;
  }
}
