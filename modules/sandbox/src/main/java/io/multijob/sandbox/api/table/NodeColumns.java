package io.multijob.sandbox.api.table;

import io.multijob.sandbox.api.object.Json;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A node's row.
final class NodeColumns implements Columns {
  private static final String ROLE = "node-role.kubernetes.io/";

  @Override
  public List<Column> columns() {
    return List.of(
        Columns.normal("Name"),
        Columns.normal("Status"),
        Columns.normal("Roles"),
        Columns.normal("Age"),
        Columns.normal("Version"),
        Columns.wide("Internal-IP"),
        Columns.wide("External-IP"),
        Columns.wide("OS-Image"),
        Columns.wide("Kernel-Version"),
        Columns.wide("Container-Runtime"));
  }

  @Override
  public ArrayNode cells(ObjectNode node, Instant now) {
    return Json.array()
        .add(Text.name(node))
        .add(status(node))
        .add(roles(node))
        .add(Text.age(node, now))
        .add(Json.text(node, "status", "nodeInfo", "kubeletVersion"))
        .add(address(node, "InternalIP"))
        .add(address(node, "ExternalIP"))
        .add(info(node, "osImage"))
        .add(info(node, "kernelVersion"))
        .add(info(node, "containerRuntimeVersion"));
  }

  private static String status(JsonNode node) {
    String ready = "Unknown";
    for (JsonNode condition : Json.at(node, "status", "conditions")) {
      if (Json.text(condition, "type").equals("Ready")) {
        ready = Json.text(condition, "status").equals("True") ? "Ready" : "NotReady";
      }
    }
    boolean cordoned = Json.at(node, "spec", "unschedulable").asBoolean(false);
    return cordoned ? ready + ",SchedulingDisabled" : ready;
  }

  private static String roles(JsonNode node) {
    return Text.orNone(
        Json.at(node, "metadata", "labels").properties().stream()
            .map(Map.Entry::getKey)
            .filter(label -> label.startsWith(ROLE))
            .map(label -> label.substring(ROLE.length()))
            .sorted()
            .collect(Collectors.joining(",")));
  }

  private static String address(JsonNode node, String type) {
    for (JsonNode address : Json.at(node, "status", "addresses")) {
      if (Json.text(address, "type").equals(type)) {
        return Json.text(address, "address");
      }
    }
    return Text.NONE;
  }

  private static String info(JsonNode node, String field) {
    String text = Json.text(node, "status", "nodeInfo", field);
    return text.isEmpty() ? Text.UNKNOWN : text;
  }
}
