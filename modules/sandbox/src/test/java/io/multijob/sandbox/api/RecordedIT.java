package io.multijob.sandbox.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.sandbox.api.object.Json;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/// Asks what a real API server (1.37.2) was asked, in the same order, and compares the answers.
///
/// `recorded-1.37.jsonl` has one exchange a line. What differs from run to run was left out of it:
/// uids, versions, times, and what Go writes for empty structs.
final class RecordedIT {
  private static final Set<String> DIFFERENT_EACH_TIME =
      Set.of(
          "managedFields",
          "uid",
          "resourceVersion",
          "creationTimestamp",
          "continue",
          "deletionTimestamp",
          "lastTransitionTime",
          "lastProbeTime");
  private static final Pattern UID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  private static final Pattern CURRENT = Pattern.compile("current: \\d+");
  private static final Pattern DETAIL =
      Pattern.compile("(due to an error in our request| for version \"v2\").*");

  private static ApiServer server;
  private static Client client;

  @BeforeAll
  static void start() throws IOException {
    server = new ApiServer(ApiServerConfig.of((namespace, pod, container) -> Optional.empty()));
    server.start();
    client = new Client(server);
  }

  @AfterAll
  static void stop() {
    client.close();
    server.close();
  }

  @TestFactory
  Stream<DynamicTest> answersAsARealServerDid() throws IOException {
    try (InputStream in = RecordedIT.class.getResourceAsStream("recorded-1.37.jsonl")) {
      List<JsonNode> exchanges = documents(new String(in.readAllBytes(), UTF_8));
      return exchanges.stream()
          .map(exchange -> DynamicTest.dynamicTest(nameOf(exchange), () -> assertSame(exchange)));
    }
  }

  private static void assertSame(JsonNode exchange) throws Exception {
    Client.Answer answer =
        client.send(
            Json.text(exchange, "method"),
            Json.text(exchange, "path"),
            Json.text(exchange, "type"),
            Json.text(exchange, "body"));

    ArrayNode answers = Json.array();
    documents(answer.text()).forEach(document -> answers.add(comparable(document)));
    assertThat(answers.toPrettyString())
        .isEqualTo(comparable(exchange.path("answers")).toPrettyString());
    assertThat(answer.code()).isEqualTo(exchange.path("code").asInt());
  }

  private static String nameOf(JsonNode exchange) {
    return "%s %s %s"
        .formatted(
            Json.text(exchange, "method"),
            Json.text(exchange, "path"),
            Json.text(exchange, "body"));
  }

  /// The documents of an answer: one, or one a line, or a text.
  private static List<JsonNode> documents(String text) {
    List<JsonNode> documents = new ArrayList<>();
    try {
      for (String line : text.lines().toList()) {
        if (!line.isBlank()) {
          documents.add(Json.read(line.getBytes(UTF_8)));
        }
      }
      return documents;
    } catch (JacksonException e) {
      return List.of(StringNode.valueOf(text));
    }
  }

  private static JsonNode comparable(JsonNode node) {
    return sorted(cleaned(node));
  }

  private static JsonNode cleaned(JsonNode node) {
    if (node instanceof ObjectNode object) {
      ObjectNode clean = Json.object();
      for (Map.Entry<String, JsonNode> field : object.properties()) {
        JsonNode value = cleaned(field.getValue());
        boolean nothing = value.isNull() || (value.isObject() && value.isEmpty());
        if (!DIFFERENT_EACH_TIME.contains(field.getKey()) && !nothing) {
          clean.set(field.getKey(), value);
        }
      }
      return clean;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode clean = Json.array();
      array.forEach(element -> clean.add(cleaned(element)));
      return clean;
    }
    if (node.isString()) {
      String text = UID.matcher(node.stringValue()).replaceAll("UID");
      text = CURRENT.matcher(text).replaceAll("current: N");
      return StringNode.valueOf(DETAIL.matcher(text).replaceAll("$1"));
    }
    return node;
  }

  /// With the fields of each object in alphabetical order.
  private static JsonNode sorted(JsonNode node) {
    if (node instanceof ObjectNode object) {
      ObjectNode sorted = Json.object();
      object.propertyNames().stream()
          .sorted()
          .forEach(name -> sorted.set(name, sorted(object.path(name))));
      return sorted;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode sorted = Json.array();
      array.forEach(element -> sorted.add(sorted(element)));
      return sorted;
    }
    return node;
  }
}
