package io.multijob.sandbox.api;

import io.multijob.http.Handler;
import io.multijob.http.Request;
import io.multijob.http.Response;
import io.multijob.sandbox.api.object.ApiError;
import io.multijob.sandbox.api.object.Group;
import io.multijob.sandbox.api.object.Json;
import io.multijob.sandbox.api.registry.Registry;
import io.multijob.sandbox.api.schema.Schemas;
import io.multijob.sandbox.api.store.ObjectStore;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// Tells requests about resources from those about the server itself, and lets go wrong what is to
/// go wrong. Thread-safe.
final class ApiHandler implements Handler {
  private static final Set<String> HEALTH = Set.of("healthz", "livez", "readyz");

  private final ResourceRequests resources;
  private final OpenApi openApi;
  private final Faults faults;
  private final Release release;

  ApiHandler(ObjectStore store, Registry registry, ApiServerConfig config, Faults faults) {
    Schemas schemas =
        config.release().hasInitializers() ? Schemas.loadWithInitializers() : Schemas.load();
    this.resources = new ResourceRequests(store, registry, schemas, config, faults);
    this.openApi = new OpenApi(schemas);
    this.faults = faults;
    this.release = config.release();
  }

  @Override
  public Response handle(Request request) throws IOException, InterruptedException {
    try {
      Optional<Fault.OnRequest> fault = faults.onRequest(request);
      return fault.isPresent() ? faulty(fault.get(), request) : answer(request);
    } catch (ApiError e) {
      return Failure.answer(e.status());
    }
  }

  private Response faulty(Fault.OnRequest fault, Request request)
      throws IOException, InterruptedException {
    return switch (fault) {
      case Fault.Delay delay -> {
        Thread.sleep(delay.duration());
        yield answer(request);
      }
      case Fault.Refusal refusal -> FaultyAnswer.refused(refusal);
      case Fault.Expiry() -> FaultyAnswer.expired(request);
      case Fault.HangUp() -> FaultyAnswer.hungUp();
    };
  }

  private Response answer(Request request) throws IOException, InterruptedException {
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
        Discovery.document(segments, request.header("host").orElse(""), release);
    if (discovery.isPresent()) {
      return Response.json(200, Json.write(discovery.get()));
    }
    if (AccessReview.isAt(segments)) {
      return AccessReview.allow(request);
    }
    if (!isInGroup(segments)) {
      return Response.text(404, "404 page not found\n");
    }
    return resources.answer(Target.parse(segments).orElseThrow(ApiError::noSuchPath), request);
  }

  private static boolean isInGroup(List<String> segments) {
    return segments.size() > 2
        && (segments.getFirst().equals("api") || Group.find(segments.get(1)).isPresent());
  }
}
