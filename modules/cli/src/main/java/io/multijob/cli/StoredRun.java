package io.multijob.cli;

import io.multijob.protocol.Annotation;
import io.multijob.protocol.Annotations;
import io.multijob.protocol.Metric;
import io.multijob.protocol.Metrics;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A run as the service gives it.
///
/// @param id the run's id: the pod's uid
/// @param document `app_id`, `metrics` and `annotations` as the service stored them, and what it
///   adds
record StoredRun(String id, ObjectNode document) {
  private static final JsonMapper MAPPER = JsonMapper.shared();

  static StoredRun parse(String json) {
    return of(MAPPER.readTree(json));
  }

  static StoredRun of(JsonNode document) {
    return new StoredRun(document.path("id").asString(""), (ObjectNode) document);
  }

  String appId() {
    return document.path("app_id").asString("");
  }

  Metrics metrics() {
    Map<Metric, Double> values = new EnumMap<>(Metric.class);
    document
        .path("metrics")
        .forEachEntry((name, metric) ->
            Metric.ofWire(name)
                .ifPresent(known -> values.put(known, metric.path("value").asDouble(0))));
    return new Metrics(values);
  }

  Annotations annotations() {
    Map<String, String> values = new LinkedHashMap<>();
    document.path("annotations").forEachEntry((name, value) -> values.put(name, value.asString()));
    return new Annotations(values);
  }

  boolean isOfPod(String uid) {
    return id.equals(uid) || annotations().get(Annotation.POD_UID).filter(uid::equals).isPresent();
  }

  /// The line that scripts read: what was stored and nothing of ours.
  String line() {
    ObjectNode line = MAPPER.createObjectNode();
    for (String member : new String[] {"app_id", "metrics", "annotations", "status", "message"}) {
      JsonNode value = document.get(member);
      if (value != null && !value.isNull()) {
        line.set(member, value);
      }
    }
    return MAPPER.writeValueAsString(line);
  }
}
