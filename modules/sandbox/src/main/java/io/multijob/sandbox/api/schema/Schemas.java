package io.multijob.sandbox.api.schema;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.multijob.sandbox.api.object.Group;
import io.multijob.sandbox.api.object.Json;
import io.multijob.sandbox.api.object.Resource;
import io.multijob.sandbox.api.schema.Type.Array;
import io.multijob.sandbox.api.schema.Type.Dictionary;
import io.multijob.sandbox.api.schema.Type.Scalar;
import io.multijob.sandbox.api.schema.Type.Struct;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The types of the kinds served. Thread-safe.
public final class Schemas {
  private static final String FILE = "kubernetes-1.37.json";
  private static final String REFERENCE = "#/components/schemas/";
  private static final String META = "io.k8s.apimachinery.pkg.apis.meta.v1.";

  /// What is pending, and the `Status` with which one of them has refused the object.
  private static final String INITIALIZERS =
      """
      {
        "io.k8s.apimachinery.pkg.apis.meta.v1.Initializers": {
          "type": "object",
          "properties": {
            "pending": {
              "type": "array",
              "items": {
                "$ref": "#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.Initializer"
              },
              "x-kubernetes-patch-strategy": "merge",
              "x-kubernetes-patch-merge-key": "name"
            },
            "result": {}
          }
        },
        "io.k8s.apimachinery.pkg.apis.meta.v1.Initializer": {
          "type": "object",
          "properties": {"name": {"type": "string"}}
        }
      }
      """;

  private final ObjectNode document;
  private final Map<String, Type> types = new HashMap<>(); // by schema name; complete after load

  private Schemas(ObjectNode document) {
    this.document = document;
  }

  /// Those of today's Kubernetes.
  public static Schemas load() {
    return new Schemas(document()).complete();
  }

  /// The same, and the metadata of objects has initializers, as from 1.7 to 1.13.
  public static Schemas loadWithInitializers() {
    ObjectNode document = document();
    document.setAll(Json.readObject(INITIALIZERS.getBytes(UTF_8)));
    Json.child(Json.child(document, META + "ObjectMeta"), "properties")
        .putObject("initializers")
        .put("$ref", REFERENCE + META + "Initializers");
    return new Schemas(document).complete();
  }

  private static ObjectNode document() {
    try (InputStream in = Schemas.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException("no " + FILE + " on the class path");
      }
      return Json.readObject(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Schemas complete() {
    document.propertyNames().forEach(this::named);
    return this;
  }

  /// The type of a resource's objects.
  public Struct of(Resource resource) {
    Type type = types.get(nameOf(resource));
    if (type instanceof Struct struct) {
      return struct;
    }
    throw new IllegalStateException("no schema for " + resource);
  }

  /// The name under which the OpenAPI document has a resource's kind.
  public String nameOf(Resource resource) {
    Group group = resource.group();
    String last = group.isCore() ? "core" : group.id().replaceFirst("\\..*", "");
    return "io.k8s.api.%s.%s.%s".formatted(last, group.version(), resource.kind());
  }

  /// The schemas as OpenAPI v3 has them under `components.schemas`.
  public ObjectNode openApi() {
    return document.deepCopy();
  }

  private Type named(String name) {
    Type known = types.get(name);
    if (known != null) {
      return known;
    }
    Type type = namedType(name, document.path(name));
    types.put(name, type);
    return type;
  }

  private Type namedType(String name, JsonNode schema) {
    String kind = name.substring(name.lastIndexOf('.') + 1);
    return switch (kind) {
      case "Quantity" -> Scalar.QUANTITY;
      case "IntOrString" -> Scalar.INT_OR_STRING;
      case "Time" -> Scalar.TIME;
      case "MicroTime" -> Scalar.MICRO_TIME;
      case "FieldsV1" -> Scalar.ANYTHING;
      default -> struct(goName(name), schema);
    };
  }

  private Struct struct(String goName, JsonNode schema) {
    Map<String, Type> fields = new HashMap<>();
    for (Map.Entry<String, JsonNode> field : schema.path("properties").properties()) {
      fields.put(field.getKey(), type(field.getValue()));
    }
    return new Struct(goName, fields);
  }

  private Type type(JsonNode schema) {
    if (schema.has("$ref")) {
      return named(Json.text(schema, "$ref").substring(REFERENCE.length()));
    }
    return switch (Json.text(schema, "type")) {
      case "string" -> Scalar.STRING;
      case "boolean" -> Scalar.BOOLEAN;
      case "number" -> Scalar.NUMBER;
      case "integer" -> Json.text(schema, "format").equals("int32") ? Scalar.INT32 : Scalar.INT64;
      case "array" -> new Array(type(schema.path("items")), merge(schema));
      case "object" -> new Dictionary(type(schema.path("additionalProperties")));
      default -> Scalar.ANYTHING;
    };
  }

  private static Merge merge(JsonNode schema) {
    String key = Json.text(schema, "x-kubernetes-patch-merge-key");
    if (!Json.text(schema, "x-kubernetes-patch-strategy").contains("merge")) {
      return new Merge.Replace();
    }
    return key.isEmpty() ? new Merge.Union() : new Merge.ByKey(key);
  }

  /// `v1.PodSpec` for `io.k8s.api.core.v1.PodSpec`.
  private static String goName(String schemaName) {
    int name = schemaName.lastIndexOf('.');
    int version = schemaName.lastIndexOf('.', name - 1);
    return schemaName.substring(version + 1);
  }
}
