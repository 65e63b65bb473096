package io.multijob.sandbox.api;

import io.multijob.http.Request;
import io.multijob.sandbox.api.object.ApiError;
import io.multijob.sandbox.api.object.Json;
import io.multijob.sandbox.api.patch.JsonPatch;
import io.multijob.sandbox.api.patch.MergePatch;
import io.multijob.sandbox.api.patch.StrategicMergePatch;
import io.multijob.sandbox.api.schema.Type;
import java.util.Arrays;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// How the body of a PATCH is to be understood.
enum PatchType {
  JSON("application/json-patch+json"),
  MERGE("application/merge-patch+json"),
  STRATEGIC("application/strategic-merge-patch+json");

  private final String mediaType;

  PatchType(String mediaType) {
    this.mediaType = mediaType;
  }

  /// @throws ApiError 415 for a format that is not known
  static PatchType of(Request request) {
    String type = RequestBody.mediaType(request);
    return Arrays.stream(values())
        .filter(known -> known.mediaType.equals(type))
        .findFirst()
        .orElseThrow(() -> ApiError.unsupportedMediaType("415: Unsupported Media Type"));
  }

  /// Reads the patch of a request.
  ///
  /// @throws ApiError 400 if it is not one of this type
  JsonNode read(Request request) {
    JsonNode patch;
    try {
      patch = Json.read(request.body());
    } catch (JacksonException e) {
      throw ApiError.badRequest("invalid JSON patch");
    }
    boolean fits = this == JSON ? patch.isArray() : patch.isObject();
    if (!fits) {
      throw ApiError.badRequest(
          "error decoding patch: json: cannot unmarshal %s into Go value of type %s"
              .formatted(
                  patch.isArray() ? "array" : "object",
                  this == JSON ? "[]handlers.jsonPatchOp" : "map[string]interface {}"));
    }
    return patch;
  }

  /// Changes `object`, of type `type`, in place.
  void apply(ObjectNode object, JsonNode patch, Type type) {
    switch (this) {
      case JSON -> JsonPatch.apply(object, (ArrayNode) patch);
      case MERGE -> MergePatch.apply(object, (ObjectNode) patch);
      case STRATEGIC -> StrategicMergePatch.apply(object, (ObjectNode) patch, type);
    }
  }
}
