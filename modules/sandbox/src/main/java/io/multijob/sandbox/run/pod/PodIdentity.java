package io.multijob.sandbox.run.pod;

import io.multijob.sandbox.api.object.Json;
import tools.jackson.databind.JsonNode;

/// Which pod. Two pods of one name at different times differ in their uid.
public record PodIdentity(String namespace, String name, String uid) {

  public static PodIdentity of(JsonNode pod) {
    JsonNode meta = pod.path("metadata");
    return new PodIdentity(
        Json.text(meta, "namespace"), Json.text(meta, "name"), Json.text(meta, "uid"));
  }

  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
