package io.multijob.sandbox.api;

import io.multijob.sandbox.api.object.Group;
import io.multijob.sandbox.api.object.Json;
import io.multijob.sandbox.api.object.Resource;
import io.multijob.sandbox.api.schema.Schemas;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The OpenAPI v3 documents, one a group: the schemas of its kinds, and for each path the
/// operations that write, by which clients learn that `fieldValidation` and `dryRun` are
/// understood.
///
/// Thread-safe: made once, then only read.
final class OpenApi {
  private static final String REFERENCE = "#/components/schemas/";
  private static final List<Group> GROUPS = List.of(Group.CORE, Group.BATCH, Group.COORDINATION);

  private final Map<String, byte[]> documents = new HashMap<>(); // by path below /openapi/v3/

  OpenApi(Schemas schemas) {
    for (Group group : GROUPS) {
      documents.put(group.path().substring(1), Json.write(document(schemas, group)));
    }
  }

  /// The document at a path such as `api/v1`; for the empty path the list of the others.
  Optional<byte[]> document(String path) {
    return path.isEmpty() ? Optional.of(index()) : Optional.ofNullable(documents.get(path));
  }

  private byte[] index() {
    ObjectNode index = Json.object();
    ObjectNode paths = index.putObject("paths");
    for (String path : documents.keySet()) {
      paths.putObject(path).put("serverRelativeURL", "/openapi/v3/" + path);
    }
    return Json.write(index);
  }

  private static ObjectNode document(Schemas schemas, Group group) {
    ObjectNode document = Json.object().put("openapi", "3.0.0");
    document.putObject("info").put("title", "Kubernetes").put("version", "sandbox");
    ObjectNode paths = document.putObject("paths");
    ObjectNode used = document.putObject("components").putObject("schemas");
    ObjectNode all = schemas.openApi();
    for (Resource resource : Resource.in(group)) {
      String schema = schemas.nameOf(resource);
      addPaths(paths, resource, schema);
      addSchemas(used, all, schema);
      addSchemas(used, all, schema + "List");
    }
    addSchemas(used, all, "io.k8s.apimachinery.pkg.apis.meta.v1.DeleteOptions");
    return document;
  }

  private static void addPaths(ObjectNode paths, Resource resource, String schema) {
    String collection =
        resource.group().path()
            + (resource.namespaced() ? "/namespaces/{namespace}/" : "/")
            + resource.plural();
    ObjectNode one = Json.object();
    one.set("get", operation(resource, schema, "get", List.of()));
    one.set("put", operation(resource, schema, "put", List.of("dryRun", "fieldValidation")));
    one.set("patch", operation(resource, schema, "patch", List.of("dryRun", "fieldValidation")));
    one.set("delete", operation(resource, schema, "delete", List.of("dryRun")));
    ObjectNode many = Json.object();
    many.set("get", operation(resource, schema + "List", "list", List.of()));
    many.set("post", operation(resource, schema, "post", List.of("dryRun", "fieldValidation")));
    paths.set(collection, many);
    paths.set(collection + "/{name}", one);
  }

  private static ObjectNode operation(
      Resource resource, String schema, String action, List<String> parameters) {
    ObjectNode operation = Json.object();
    operation.put("operationId", action + resource.kind());
    ArrayNode list = operation.putArray("parameters");
    for (String parameter : parameters) {
      ObjectNode one = list.addObject().put("name", parameter).put("in", "query");
      one.putObject("schema").put("type", "string");
    }
    Json.child(Json.child(operation, "responses"), "200").put("description", "OK");
    Json.child(Json.child(Json.child(operation, "responses"), "200"), "content")
        .putObject("application/json")
        .putObject("schema")
        .put("$ref", REFERENCE + schema);
    operation.put("x-kubernetes-action", action);
    operation
        .putObject("x-kubernetes-group-version-kind")
        .put("group", resource.group().id())
        .put("version", resource.group().version())
        .put("kind", resource.kind());
    return operation;
  }

  /// Adds a schema and all that it refers to.
  private static void addSchemas(ObjectNode used, ObjectNode all, String root) {
    Deque<String> pending = new ArrayDeque<>(List.of(root));
    while (!pending.isEmpty()) {
      String name = pending.pop();
      if (!used.has(name)) {
        used.set(name, all.path(name));
        for (JsonNode reference : all.path(name).findValues("$ref")) {
          pending.push(reference.asString().substring(REFERENCE.length()));
        }
      }
    }
  }
}
