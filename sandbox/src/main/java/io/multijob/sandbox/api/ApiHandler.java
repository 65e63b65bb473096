package io.multijob.sandbox.api;

import io.multijob.http.Handler;
import io.multijob.http.Request;
import io.multijob.http.Response;
import io.multijob.sandbox.api.object.ApiError;
import io.multijob.sandbox.api.object.Group;
import io.multijob.sandbox.api.object.Json;
import io.multijob.sandbox.api.object.Resource;
import io.multijob.sandbox.api.object.Status;
import io.multijob.sandbox.api.registry.Part;
import io.multijob.sandbox.api.registry.Registry;
import io.multijob.sandbox.api.schema.Schemas;
import io.multijob.sandbox.api.store.ObjectStore;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// Finds out what a request wants and lets that be done. Thread-safe.
final class ApiHandler implements Handler {
  private static final Set<String> HEALTH = Set.of("healthz", "livez", "readyz");
  private static final Set<Resource> WITH_STATUS =
      Set.of(Resource.PODS, Resource.JOBS, Resource.NODES, Resource.NAMESPACES);

  private static final Set<String> POD_PARTS = Set.of("binding", "eviction", "log");

  private final ObjectStore store;
  private final Reads reads;
  private final Writes writes;
  private final Deletes deletes;
  private final PodSubresources podSubresources;
  private final ContainerLog logs;
  private final OpenApi openApi;
  private final Faults faults;

  ApiHandler(ObjectStore store, Registry registry, ApiServerConfig config, Faults faults) {
    Schemas schemas = Schemas.load();
    this.store = store;
    this.reads = new Reads(store);
    this.writes = new Writes(store, registry, schemas, config.mutators());
    this.deletes = new Deletes(store, registry, reads);
    this.podSubresources = new PodSubresources(registry, config.clock());
    this.logs = new ContainerLog(store, config.logs());
    this.openApi = new OpenApi(schemas);
    this.faults = faults;
  }

  @Override
  public Response handle(Request request) throws IOException, InterruptedException {
    try {
      Optional<Fault.OnRequest> fault = faults.onRequest(request);
      return fault.isPresent() ? faulty(fault.get(), request) : answer(request);
    } catch (ApiError e) {
      return failure(e.status());
    }
  }

  private Response faulty(Fault.OnRequest fault, Request request)
      throws IOException, InterruptedException {
    return switch (fault) {
      case Fault.Delay delay -> {
        Thread.sleep(delay.duration());
        yield answer(request);
      }
      case Fault.Refusal refusal -> refused(refusal);
      case Fault.Expiry() -> expired(request);
      case Fault.HangUp() ->
          Response.stream(
              "application/json",
              out -> {
                throw new IOException("hung up on demand");
              });
    };
  }

  private static Response refused(Fault.Refusal refusal) {
    Response answer =
        failure(
            new Status(
                refusal.code(),
                reason(refusal.code()),
                "refused on demand",
                new Status.Details("", "", "", List.of(), refusal.retryAfterSeconds())));
    return refusal.retryAfterSeconds().isPresent()
        ? answer.with("Retry-After", Integer.toString(refusal.retryAfterSeconds().getAsInt()))
        : answer;
  }

  private static String reason(int code) {
    return switch (code) {
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 429 -> "TooManyRequests";
      case 500 -> "InternalError";
      case 503 -> "ServiceUnavailable";
      case 504 -> "Timeout";
      default -> "";
    };
  }

  private static Response expired(Request request) {
    Status status = ApiError.expired("too old resource version, on demand").status();
    if (!Requests.isWatch(request)) {
      return failure(status);
    }
    ObjectNode event = Json.object().put("type", "ERROR");
    event.set("object", status.toJson());
    return Response.stream(
        "application/json",
        out -> {
          out.write(Json.write(event));
          out.write('\n');
        });
  }

  private Response answer(Request request) throws IOException {
    List<String> segments = request.segments().stream().filter(s -> !s.isEmpty()).toList();
    if (segments.size() >= 2 && segments.subList(0, 2).equals(List.of("openapi", "v3"))) {
      return openApi
          .document(String.join("/", segments.subList(2, segments.size())))
          .<Response>map(document -> Response.json(200, document))
          .orElseThrow(ApiError::noSuchPath);
    }
    if (segments.size() == 1 && HEALTH.contains(segments.getFirst())) {
      return Response.text(200, "ok");
    }
    Optional<ObjectNode> discovery =
        Discovery.document(segments, request.header("host").orElse(""));
    if (discovery.isPresent()) {
      return Response.json(200, Json.write(discovery.get()));
    }
    if (AccessReview.isAt(segments)) {
      return AccessReview.allow(request);
    }
    if (!isInGroup(segments)) {
      return Response.text(404, "404 page not found\n");
    }
    return answer(Target.parse(segments).orElseThrow(ApiError::noSuchPath), request);
  }

  private static boolean isInGroup(List<String> segments) {
    return segments.size() > 2
        && (segments.getFirst().equals("api") || Group.find(segments.get(1)).isPresent());
  }

  private Response answer(Target target, Request request) throws IOException {
    if (!target.subresource().isEmpty()) {
      return subresource(target, request);
    }
    return target.isCollection() ? collection(target, request) : object(target, request);
  }

  private Response collection(Target target, Request request) throws IOException {
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

  private Response object(Target target, Request request) {
    return switch (request.method()) {
      case "GET" -> reads.get(target, request);
      case "PUT" -> writes.update(target, Part.OBJECT, request);
      case "PATCH" -> writes.patch(target, Part.OBJECT, request);
      case "DELETE" -> deletes.delete(target, request);
      default -> throw ApiError.methodNotAllowed();
    };
  }

  private Response subresource(Target target, Request request) {
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

  private Response status(Target target, Request request) {
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
            WatchOptions.parse(request),
            Negotiation.choose(request),
            new EventFaults(faults, request));
    return Response.stream("application/json", stream);
  }

  private static Response failure(Status status) {
    return Response.json(status.code(), Json.write(status.toJson()));
  }
}
