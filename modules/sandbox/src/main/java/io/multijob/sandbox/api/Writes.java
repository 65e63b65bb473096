package io.multijob.sandbox.api;

import io.multijob.http.Request;
import io.multijob.http.Response;
import io.multijob.sandbox.api.object.ApiError;
import io.multijob.sandbox.api.object.FieldError;
import io.multijob.sandbox.api.object.Meta;
import io.multijob.sandbox.api.object.Resource;
import io.multijob.sandbox.api.registry.Part;
import io.multijob.sandbox.api.registry.Registry;
import io.multijob.sandbox.api.registry.WriteMode;
import io.multijob.sandbox.api.schema.Decoder;
import io.multijob.sandbox.api.schema.Schemas;
import io.multijob.sandbox.api.store.ObjectStore;
import io.multijob.sandbox.api.store.Stored;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Answers create, update and patch. Thread-safe.
final class Writes {
  /// A PUT makes these where they are not there.
  private static final Set<Resource> CREATED_BY_UPDATE = Set.of(Resource.LEASES, Resource.EVENTS);

  private final ObjectStore store;
  private final Registry registry;
  private final Schemas schemas;
  private final List<PodMutator> mutators;
  private final Initializers initializers;

  Writes(
      ObjectStore store,
      Registry registry,
      Schemas schemas,
      List<PodMutator> mutators,
      Initializers initializers) {
    this.store = store;
    this.registry = registry;
    this.schemas = schemas;
    this.mutators = mutators;
    this.initializers = initializers;
  }

  Response create(Target target, Request request) throws InterruptedException {
    Representation representation = Negotiation.choose(request);
    Resource resource = target.resource();
    ObjectNode object = RequestBody.object(request, resource);
    List<String> unknown = decode(resource, object, FieldValidation.of(request));
    requireNamespace(target, Meta.of(object));
    if (resource == Resource.PODS) {
      Meta.of(object).document().put("namespace", target.namespace());
      mutators.forEach(mutator -> mutator.mutate(object));
      initializers.mutate(object);
    }
    WriteMode mode = mode(request);
    Stored created = registry.create(resource, target.namespace(), object, mode);
    Stored shown =
        mode == WriteMode.DRY_RUN || Initializers.included(request)
            ? created
            : initializers.await(resource, created, request);
    Response answer = Response.json(201, representation.object(resource, shown));
    return warned(answer, request, unknown);
  }

  Response update(Target target, Part part, Request request) throws InterruptedException {
    Resource resource = target.resource();
    ObjectNode object = RequestBody.object(request, resource);
    if (part == Part.OBJECT
        && CREATED_BY_UPDATE.contains(resource)
        && store.snapshot().get(resource, target.key()).isEmpty()) {
      return create(target, request);
    }
    List<String> unknown = decode(resource, object, FieldValidation.of(request));
    requireNamespace(target, Meta.of(object));
    Representation representation = Negotiation.choose(request);
    Stored updated =
        registry.update(
            resource,
            target.key(),
            part,
            current -> {
              current.removeAll();
              current.setAll(object);
            },
            mode(request));
    Response answer = Response.json(200, representation.object(resource, updated));
    return warned(answer, request, unknown);
  }

  Response patch(Target target, Part part, Request request) {
    Representation representation = Negotiation.choose(request);
    Resource resource = target.resource();
    PatchType type = PatchType.of(request);
    JsonNode patch = type.read(request);
    List<String> unknown = new ArrayList<>();
    Stored patched =
        registry.update(
            resource,
            target.key(),
            part,
            object -> unknown.addAll(apply(type, patch, resource, object, request)),
            mode(request));
    Response answer = Response.json(200, representation.object(resource, patched));
    return warned(answer, request, unknown);
  }

  static WriteMode mode(Request request) {
    String dryRun = request.query("dryRun").orElse("");
    return switch (dryRun) {
      case "" -> WriteMode.COMMIT;
      case "All" -> WriteMode.DRY_RUN;
      default ->
          throw ApiError.invalid(
              "CreateOptions",
              "meta.k8s.io",
              "",
              List.of(
                  new FieldError(
                      "dryRun",
                      "FieldValueNotSupported",
                      "Unsupported value: [\"%s\"]: supported values: \"All\"".formatted(dryRun))));
    };
  }

  /// Patches `object` and returns the fields that were of no use.
  private List<String> apply(
      PatchType type, JsonNode patch, Resource resource, ObjectNode object, Request request) {
    String uid = Meta.of(object).uid();
    type.apply(object, patch, schemas.of(resource));
    List<String> unknown = Decoder.decode(schemas, resource, object);
    Meta meta = Meta.of(object);
    if (!unknown.isEmpty() && FieldValidation.of(request) == FieldValidation.STRICT) {
      String complaint =
          "strict decoding error: " + String.join(", ", FieldValidation.complaints(unknown));
      FieldError error = FieldError.invalid("patch", patch.toString(), complaint);
      throw ApiError.invalid("", "", "", List.of(error));
    }
    if (!meta.uid().isEmpty() && !meta.uid().equals(uid)) {
      FieldError error = FieldError.invalid("metadata.uid", meta.uid(), "field is immutable");
      throw ApiError.invalid(resource, meta.name(), List.of(error));
    }
    return unknown;
  }

  private List<String> decode(Resource resource, ObjectNode object, FieldValidation validation) {
    List<String> unknown = Decoder.decode(schemas, resource, object);
    if (!unknown.isEmpty() && validation == FieldValidation.STRICT) {
      throw ApiError.badRequest(
          "%s in version \"%s\" cannot be handled as a %s: strict decoding error: %s"
              .formatted(
                  resource.kind(),
                  resource.group().version(),
                  resource.kind(),
                  String.join(", ", FieldValidation.complaints(unknown))));
    }
    return unknown;
  }

  private static Response warned(Response answer, Request request, List<String> unknown) {
    return FieldValidation.of(request) == FieldValidation.WARN
        ? WarningHeader.add(answer, FieldValidation.complaints(unknown))
        : answer;
  }

  private static void requireNamespace(Target target, Meta meta) {
    if (!meta.namespace().isEmpty() && !meta.namespace().equals(target.namespace())) {
      throw ApiError.badRequest(
          "the namespace of the provided object does not match the namespace sent on the request");
    }
  }
}
