package io.multijob.sandbox.api.table;

import io.multijob.sandbox.api.object.Json;
import io.multijob.sandbox.api.object.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A Job's row.
final class JobColumns implements Columns {

  @Override
  public List<Column> columns() {
    return List.of(
        Columns.normal("Name"),
        Columns.normal("Status"),
        Columns.normal("Completions"),
        Columns.normal("Duration"),
        Columns.normal("Age"),
        Columns.wide("Containers"),
        Columns.wide("Images"),
        Columns.wide("Selector"));
  }

  @Override
  public ArrayNode cells(ObjectNode job, Instant now) {
    JsonNode containers = Json.at(job, "spec", "template", "spec", "containers");
    return Json.array()
        .add(Text.name(job))
        .add(status(job))
        .add(completions(job))
        .add(duration(job.path("status"), now))
        .add(Text.age(job, now))
        .add(joined(containers, "name"))
        .add(joined(containers, "image"))
        .add(selector(job));
  }

  private static String status(JsonNode job) {
    if (isTrue(job, "Complete")) {
      return "Complete";
    }
    if (isTrue(job, "Failed")) {
      return "Failed";
    }
    if (job.path("metadata").has("deletionTimestamp")) {
      return "Terminating";
    }
    if (isTrue(job, "Suspended")) {
      return "Suspended";
    }
    if (isTrue(job, "FailureTarget")) {
      return "FailureTarget";
    }
    return isTrue(job, "SuccessCriteriaMet") ? "SuccessCriteriaMet" : "Running";
  }

  private static String completions(JsonNode job) {
    long succeeded = Json.number(job, 0, "status", "succeeded");
    if (job.path("spec").has("completions")) {
      return succeeded + "/" + Json.number(job, 0, "spec", "completions");
    }
    long parallelism = Json.number(job, 0, "spec", "parallelism");
    return succeeded + (parallelism > 1 ? "/1 of " + parallelism : "/1");
  }

  private static String duration(JsonNode status, Instant now) {
    Optional<Instant> start = Timestamps.read(status.path("startTime"));
    Instant end = Timestamps.read(status.path("completionTime")).orElse(now);
    return start.map(time -> HumanDuration.format(Duration.between(time, end))).orElse("");
  }

  private static String selector(JsonNode job) {
    String labels =
        Json.at(job, "spec", "selector", "matchLabels").properties().stream()
            .map((Map.Entry<String, JsonNode> e) -> e.getKey() + "=" + e.getValue().asString(""))
            .sorted()
            .collect(Collectors.joining(","));
    return Text.orNone(labels);
  }

  private static String joined(JsonNode containers, String field) {
    return containers
        .valueStream()
        .map(container -> Json.text(container, field))
        .collect(Collectors.joining(","));
  }

  private static boolean isTrue(JsonNode job, String type) {
    for (JsonNode condition : Json.at(job, "status", "conditions")) {
      if (Json.text(condition, "type").equals(type)) {
        return Json.text(condition, "status").equals("True");
      }
    }
    return false;
  }
}
