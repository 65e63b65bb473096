package io.multijob.optune.api;

import static java.util.Locale.ROOT;

import io.multijob.optune.store.StoredRun;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A run as the interface shows it: what was reported, untouched, and what the service knows of it.
public final class RunJson {

  /// What of the reported document is shown. The rest cannot be mistaken for our own words.
  private static final List<String> REPORTED =
      List.of("metrics", "annotations", "status", "message");

  private final JsonMapper mapper;

  public RunJson(JsonMapper mapper) {
    this.mapper = mapper;
  }

  public ObjectNode of(StoredRun run) {
    ObjectNode json = mapper.createObjectNode();
    json.put("id", run.id());
    json.put("number", run.number());
    json.put("account", run.app().account());
    json.put("app_id", run.app().appId());
    json.put("received", run.received().toString());
    json.put("outcome", run.ending().name().toLowerCase(ROOT));
    json.put("duplicates", run.duplicates());
    JsonNode param = mapper.readTree(run.document()).path("param");
    for (Map.Entry<String, JsonNode> reported : param.properties()) {
      if (REPORTED.contains(reported.getKey())) {
        json.set(reported.getKey(), reported.getValue());
      }
    }
    return json;
  }
}
