package io.multijob.sandbox.api;

import io.multijob.http.Request;
import io.multijob.http.Response;
import io.multijob.sandbox.api.Representation.ListPage;
import io.multijob.sandbox.api.object.ApiError;
import io.multijob.sandbox.api.object.Json;
import io.multijob.sandbox.api.object.Meta;
import io.multijob.sandbox.api.object.Resource;
import io.multijob.sandbox.api.registry.DeleteOptions;
import io.multijob.sandbox.api.registry.DeleteOptions.Propagation;
import io.multijob.sandbox.api.registry.Registry;
import io.multijob.sandbox.api.rules.Rules;
import io.multijob.sandbox.api.store.ObjectStore;
import io.multijob.sandbox.api.store.Stored;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Answers delete, of one object or of all that are selected. Thread-safe.
final class Deletes {
  private static final String ORPHANS =
      "child pods are preserved by default when jobs are deleted; set"
          + " propagationPolicy=Background to remove them or set propagationPolicy=Orphan to"
          + " suppress this warning";

  private final ObjectStore store;
  private final Registry registry;
  private final Reads reads;

  Deletes(ObjectStore store, Registry registry, Reads reads) {
    this.store = store;
    this.registry = registry;
    this.reads = reads;
  }

  Response delete(Target target, Request request) {
    Representation representation = Negotiation.choose(request);
    Resource resource = target.resource();
    DeleteOptions options = options(request);
    Stored deleted = registry.delete(resource, target.key(), options);
    boolean shown = Rules.of(resource).returnsDeleted() || isWaiting(deleted);
    byte[] body =
        shown ? representation.object(resource, deleted) : Json.write(success(target, deleted));
    boolean orphans = resource == Resource.JOBS && options.propagation() == Propagation.UNSAID;
    return WarningHeader.add(Response.json(200, body), orphans ? List.of(ORPHANS) : List.of());
  }

  Response deleteCollection(Target target, Request request) throws IOException {
    Representation representation = Negotiation.choose(request);
    DeleteOptions options = options(request);
    List<Stored> deleted = new ArrayList<>();
    for (Stored object : reads.all(Selection.of(target, request))) {
      try {
        deleted.add(registry.delete(target.resource(), object.key(), options));
      } catch (ApiError e) {
        if (e.status().code() != 404) { // another client was faster
          throw e;
        }
      }
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    representation.list(
        body, target.resource(), new ListPage(deleted, store.snapshot().revision(), "", 0));
    return Response.json(200, body.toByteArray());
  }

  /// The options in the body, or else in the query.
  static DeleteOptions options(Request request) {
    ObjectNode options = RequestBody.options(request, "DeleteOptions");
    if (request.body().length == 0) {
      Query.number(request, "gracePeriodSeconds")
          .ifPresent(seconds -> options.put("gracePeriodSeconds", seconds));
      request
          .query("propagationPolicy")
          .ifPresent(policy -> options.put("propagationPolicy", policy));
    }
    return DeleteOptions.of(options, Writes.mode(request));
  }

  private static boolean isWaiting(Stored object) {
    return Meta.of(object.toJson()).isDeleting();
  }

  private static ObjectNode success(Target target, Stored deleted) {
    ObjectNode status = Json.object().put("kind", "Status").put("apiVersion", "v1");
    status.putObject("metadata");
    status.put("status", "Success");
    ObjectNode details = status.putObject("details").put("name", target.name());
    if (!target.resource().group().isCore()) {
      details.put("group", target.resource().group().id());
    }
    details.put("kind", target.resource().plural()).put("uid", deleted.uid());
    return status;
  }
}
