package io.multijob.sandbox.api;

import io.multijob.http.Request;
import io.multijob.http.Response;
import io.multijob.sandbox.api.object.ApiError;
import io.multijob.sandbox.api.object.Resource;
import io.multijob.sandbox.api.registry.Part;
import io.multijob.sandbox.api.registry.Registry;
import io.multijob.sandbox.api.schema.Schemas;
import io.multijob.sandbox.api.store.ObjectStore;
import java.io.IOException;
import java.util.Set;

/// Finds out what a request wants of a resource and lets that be done. Thread-safe.
final class ResourceRequests {
  private static final Set<Resource> WITH_STATUS =
      Set.of(Resource.PODS, Resource.JOBS, Resource.NODES, Resource.NAMESPACES);
  private static final Set<String> POD_PARTS = Set.of("binding", "eviction", "log");

  private final ObjectStore store;
  private final Faults faults;
  private final Reads reads;
  private final Writes writes;
  private final Deletes deletes;
  private final PodSubresources podSubresources;
  private final ContainerLog logs;
  private final Release release;

  ResourceRequests(
      ObjectStore store,
      Registry registry,
      Schemas schemas,
      ApiServerConfig config,
      Faults faults) {
    this.store = store;
    this.faults = faults;
    this.reads = new Reads(store);
    Initializers initializers = new Initializers(store, config.release().initializers());
    this.writes = new Writes(store, registry, schemas, config.mutators(), initializers);
    this.deletes = new Deletes(store, registry, reads);
    this.podSubresources = new PodSubresources(registry, config.clock());
    this.release = config.release();
    this.logs = new ContainerLog(store, config.logs());
  }

  Response answer(Target target, Request request) throws IOException, InterruptedException {
    if (!target.subresource().isEmpty()) {
      return subresource(target, request);
    }
    return target.isCollection() ? collection(target, request) : object(target, request);
  }

  private Response collection(Target target, Request request)
      throws IOException, InterruptedException {
    if (request.method().equals("GET")) {
      return Query.flag(request, "watch") ? watch(target, request) : reads.list(target, request);
    }
    if (target.resource().namespaced() && target.namespace().isEmpty()) {
      throw ApiError.methodNotAllowed();
    }
    return switch (request.method()) {
      case "POST" -> writes.create(target, request);
      case "DELETE" -> deletes.deleteCollection(target, request);
      default -> throw ApiError.methodNotAllowed();
    };
  }

  private Response object(Target target, Request request) throws InterruptedException {
    return switch (request.method()) {
      case "GET" -> reads.get(target, request);
      case "PUT" -> writes.update(target, Part.OBJECT, request);
      case "PATCH" -> writes.patch(target, Part.OBJECT, request);
      case "DELETE" -> deletes.delete(target, request);
      default -> throw ApiError.methodNotAllowed();
    };
  }

  private Response subresource(Target target, Request request) throws InterruptedException {
    String name = target.subresource();
    if (name.equals("status") && WITH_STATUS.contains(target.resource())) {
      return status(target, request);
    }
    if (target.resource() != Resource.PODS || !POD_PARTS.contains(name)) {
      throw ApiError.noSuchPath();
    }
    return switch (request.method() + " " + name) {
      case "POST binding" -> podSubresources.bind(target, request);
      case "POST eviction" -> podSubresources.evict(target, request);
      case "GET log" -> logs.get(target, request);
      default -> throw ApiError.methodNotAllowed();
    };
  }

  private Response status(Target target, Request request) throws InterruptedException {
    return switch (request.method()) {
      case "GET" -> reads.get(target, request);
      case "PUT" -> writes.update(target, Part.STATUS, request);
      case "PATCH" -> writes.patch(target, Part.STATUS, request);
      default -> throw ApiError.methodNotAllowed();
    };
  }

  private Response watch(Target target, Request request) {
    WatchStream stream =
        new WatchStream(
            store,
            Selection.of(target, request),
            release.hasBookmarks()
                ? WatchOptions.parse(request)
                : WatchOptions.parse(request).withoutBookmarks(),
            Negotiation.choose(request),
            new EventFaults(faults, request));
    return Response.stream("application/json", stream);
  }
}
