package io.multijob.servo.watch;

import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Reads the whole document of a pod that waits for its initializers, and of any other one its
/// metadata only: the API server sends the metadata first, so most is passed over.
///
/// Not thread-safe: one for each stream.
final class UninitializedForm implements PodForm<ObjectNode> {
  private static final JsonMapper TREES =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private final JsonValues values = new JsonValues();

  @Override
  public JsonValues values() {
    return values;
  }

  @Override
  public ApiObject<ObjectNode> read(JsonParser p) {
    ObjectNode pod = TREES.createObjectNode();
    int code = 0;
    String reason = "";
    String message = "";
    if (values.entersObject(p)) {
      for (String field = p.nextName(); field != null; field = p.nextName()) {
        p.nextToken();
        switch (field) {
          case "code" -> code = values.number(p);
          case "reason" -> reason = values.text(p);
          case "message" -> message = values.text(p);
          default -> keepOrSkip(pod, field, p);
        }
      }
    }
    String version = pod.path("metadata").path("resourceVersion").asString("");
    return new ApiObject<>(pod, version, new Failure(code, reason, message));
  }

  private static void keepOrSkip(ObjectNode pod, String field, JsonParser p) {
    if (pod.has("metadata") && !pod.path("metadata").has("initializers")) {
      p.skipChildren();
      return;
    }
    JsonNode value = TREES.readTree(p);
    pod.set(field, value);
  }
}
