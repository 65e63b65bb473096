package io.multijob.sandbox.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.multijob.http.Request;
import io.multijob.sandbox.api.object.ApiError;
import io.multijob.sandbox.api.object.Json;
import io.multijob.sandbox.api.object.Resource;
import io.multijob.sandbox.api.object.YamlText;
import org.yaml.snakeyaml.error.YAMLException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The document that a request carries, in JSON or YAML.
final class RequestBody {
  private RequestBody() {}

  /// The media type of a request, without its parameters.
  static String mediaType(Request request) {
    String type = request.header("content-type").orElse("application/json");
    int parameters = type.indexOf(';');
    return (parameters < 0 ? type : type.substring(0, parameters)).strip();
  }

  /// The object that is to be written.
  ///
  /// @throws ApiError 400 when it cannot be read or is none of the resource's, 415 for a format
  ///   that is not known
  static ObjectNode object(Request request, Resource resource) {
    ObjectNode object = document(request, resource.kind());
    Json.setDefault(object, "kind", resource.kind());
    Json.setDefault(object, "apiVersion", resource.apiVersion());
    requireKind(object, resource);
    return object;
  }

  /// A document of a kind that is no resource's, empty when the request has none.
  static ObjectNode options(Request request, String kind) {
    return request.body().length == 0 ? Json.object() : document(request, kind);
  }

  private static ObjectNode document(Request request, String kind) {
    String type = mediaType(request);
    if (!type.equals("application/json") && !type.equals("application/yaml")) {
      throw ApiError.unsupportedMediaType(
          "the body of the request was in an unknown format - accepted media types include:"
              + " application/json, application/yaml");
    }
    try {
      JsonNode document =
          type.equals("application/yaml")
              ? YamlText.document(new String(request.body(), UTF_8))
              : Json.read(request.body());
      if (document instanceof ObjectNode object) {
        return object;
      }
      throw unrecognized(kind, "the body is not an object");
    } catch (JacksonException e) {
      throw unrecognized(kind, "json parse error: " + e.getOriginalMessage());
    } catch (YAMLException e) {
      throw unrecognized(kind, "yaml: " + e.getMessage());
    }
  }

  private static void requireKind(ObjectNode object, Resource resource) {
    String kind = Json.text(object, "kind");
    String version = Json.text(object, "apiVersion");
    if (!kind.equals(resource.kind())) {
      String shortVersion = version.substring(version.lastIndexOf('/') + 1);
      throw ApiError.badRequest(
          "%s in version \"%s\" cannot be handled as a %s: unknown conversion"
              .formatted(kind, shortVersion, resource.kind()));
    }
    if (!version.equals(resource.apiVersion())) {
      throw ApiError.badRequest(
          ("%s in version \"%s\" cannot be handled as a %s:"
                  + " no kind \"%s\" is registered for version \"%s\"")
              .formatted(kind, version, kind, kind, version));
    }
  }

  private static ApiError unrecognized(String kind, String reason) {
    return ApiError.badRequest(
        "the object provided is unrecognized (must be of type %s): %s".formatted(kind, reason));
  }
}
