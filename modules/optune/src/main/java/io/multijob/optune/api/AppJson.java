package io.multijob.optune.api;

import static java.util.Locale.ROOT;

import io.multijob.optune.run.Ending;
import io.multijob.optune.store.AppSummary;
import io.multijob.optune.store.RecentRuns;
import io.multijob.optune.store.Spread;
import io.multijob.optune.store.Summary;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Apps and sums as the interface shows them.
final class AppJson {
  private final JsonMapper mapper;
  private final ResourcesJson resources;

  AppJson(JsonMapper mapper) {
    this.mapper = mapper;
    this.resources = new ResourcesJson(mapper);
  }

  ObjectNode of(AppSummary app) {
    ObjectNode json = mapper.createObjectNode();
    json.put("account", app.app().account());
    json.put("app_id", app.app().appId());
    addSums(json, app.summary());
    json.setAll(resources.of(app.resources()));
    ObjectNode last = json.putObject("last_run");
    last.put("number", app.last().number());
    last.put("id", app.last().id());
    last.put("ended", app.last().ended().toString());
    last.put("outcome", app.last().ending().name().toLowerCase(ROOT));
    if (!app.last().reason().isEmpty()) {
      last.put("reason", app.last().reason());
    }
    ArrayNode recent = json.putArray("recent");
    for (RecentRuns.Point point : app.recent().points()) {
      recent.addArray().add(point.durationSeconds()).add(point.ending() == Ending.FAILED ? 1 : 0);
    }
    return json;
  }

  /// The sums over some runs.
  void addSums(ObjectNode json, Summary summary) {
    json.put("runs", summary.runs());
    json.put("failures", summary.failures());
    addSpread(json, "duration", "s", summary.duration());
    addSpread(json, "cpu_time", "s", summary.cpuTime());
    addSpread(json, "max_memory", "bytes", summary.peakMemory());
  }

  private static void addSpread(ObjectNode json, String name, String unit, Spread spread) {
    if (spread.count() == 0) {
      return;
    }
    ObjectNode figure = json.putObject(name);
    figure.put("unit", unit);
    figure.put("count", spread.count());
    figure.put("sum", spread.sum());
    figure.put("p50", spread.median());
    figure.put("p95", spread.p95());
    figure.put("max", spread.greatest());
  }
}
