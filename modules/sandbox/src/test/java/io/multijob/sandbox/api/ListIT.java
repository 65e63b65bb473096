package io.multijob.sandbox.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.sandbox.api.object.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class ListIT {
  private ApiServer server;
  private Client client;

  @BeforeEach
  void start() throws IOException {
    server = new ApiServer(ApiServerConfig.of((namespace, pod, container) -> Optional.empty()));
    server.start();
    client = new Client(server);
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void thePiecesOfAListAreOfOneMoment() throws Exception {
    for (String name : List.of("a", "b", "c", "d", "e")) {
      client.createPod(name);
    }
    JsonNode first = client.get(Client.PODS + "?limit=2").json();
    client.createPod("aa");
    client.delete(Client.PODS + "/d");

    JsonNode second = client.get(Client.PODS + "?limit=2&continue=" + token(first)).json();
    JsonNode third = client.get(Client.PODS + "?limit=2&continue=" + token(second)).json();

    assertThat(names(first)).containsExactly("a", "b");
    assertThat(first.at("/metadata/remainingItemCount").asInt()).isEqualTo(3);
    assertThat(names(second)).containsExactly("c", "d");
    assertThat(second.at("/metadata/remainingItemCount").asInt()).isEqualTo(1);
    assertThat(names(third)).containsExactly("e");
    assertThat(third.path("metadata").has("continue")).isFalse();
    assertThat(version(third)).isEqualTo(version(first));
  }

  @Test
  void aListThatWasForgottenGoesOnWithWhatThereIs() throws Exception {
    for (String name : List.of("a", "b", "c")) {
      client.createPod(name);
    }
    JsonNode first = client.get(Client.PODS + "?limit=1").json();
    client.createPod("bb");
    server.compact();

    Client.Answer expired = client.get(Client.PODS + "?limit=1&continue=" + token(first));
    JsonNode rest = client.get(Client.PODS + "?continue=" + token(expired.json())).json();

    assertThat(expired.code()).isEqualTo(410);
    assertThat(expired.at("reason")).isEqualTo("Expired");
    assertThat(names(rest)).containsExactly("b", "bb", "c");
  }

  @Test
  void aPieceOfASelectionDoesNotCountTheRest() throws Exception {
    for (String name : List.of("a", "b", "c", "d")) {
      client.post(Client.PODS, Client.pod(name, name.compareTo("b") > 0 ? "{\"x\": \"1\"}" : "{}"));
    }

    JsonNode first = client.get(Client.PODS + "?limit=1&labelSelector=x").json();

    assertThat(names(first)).containsExactly("c");
    assertThat(first.path("metadata").has("remainingItemCount")).isFalse();
    assertThat(names(client.get(Client.PODS + "?labelSelector=x&continue=" + token(first)).json()))
        .containsExactly("d");
  }

  @Test
  void listsTheStateAtAVersion() throws Exception {
    String then = Json.text(client.createPod("a"), "metadata", "resourceVersion");
    client.createPod("b");

    JsonNode past =
        client.get(Client.PODS + "?resourceVersionMatch=Exact&resourceVersion=" + then).json();
    JsonNode now =
        client
            .get(Client.PODS + "?resourceVersionMatch=NotOlderThan&resourceVersion=" + then)
            .json();

    assertThat(names(past)).containsExactly("a");
    assertThat(version(past)).isEqualTo(then);
    assertThat(names(now)).containsExactly("a", "b");
  }

  @Test
  void listsAllNamespacesInOrder() throws Exception {
    client.post("/api/v1/namespaces", "{\"metadata\": {\"name\": \"another\"}}");
    client.createPod("a");
    client.post("/api/v1/namespaces/another/pods", Client.pod("z", "{}"));

    JsonNode all = client.get("/api/v1/pods").json();
    JsonNode first = client.get("/api/v1/pods?limit=1").json();

    assertThat(names(all)).containsExactly("z", "a");
    assertThat(first.at("/metadata/remainingItemCount").asInt()).isEqualTo(1);
    assertThat(names(client.get("/api/v1/pods?continue=" + token(first)).json()))
        .containsExactly("a");
  }

  @Test
  void theItemsOfAListDoNotSayTheirKind() throws Exception {
    client.createPod("a");

    JsonNode list = client.get(Client.PODS).json();

    assertThat(Json.text(list, "kind")).isEqualTo("PodList");
    assertThat(list.at("/items/0").has("kind")).isFalse();
    assertThat(list.at("/items/0").has("metadata")).isTrue();
    assertThat(client.get(Client.PODS + "/a").at("kind")).isEqualTo("Pod");
  }

  @Test
  void showsTablesAndMetadataOnRequest() throws Exception {
    client.createPod("a");
    String table = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json";
    String partial = "application/json;as=PartialObjectMetadataList;v=v1;g=meta.k8s.io";

    JsonNode rows = client.getAs(table, Client.PODS).json();
    JsonNode metadata = client.getAs(partial, Client.PODS).json();

    assertThat(Json.text(rows, "kind")).isEqualTo("Table");
    assertThat(rows.at("/columnDefinitions/2/name").asString()).isEqualTo("Status");
    assertThat(rows.at("/rows/0/cells/2").asString()).isEqualTo("Pending");
    assertThat(rows.at("/rows/0/object/kind").asString()).isEqualTo("PartialObjectMetadata");
    assertThat(Json.text(metadata, "kind")).isEqualTo("PartialObjectMetadataList");
    assertThat(metadata.at("/items/0").propertyNames())
        .containsExactly("kind", "apiVersion", "metadata");
    assertThat(client.getAs("application/xml", Client.PODS).code()).isEqualTo(406);
    assertThat(client.getAs("application/vnd.kubernetes.protobuf,*/*", Client.PODS).code())
        .isEqualTo(200);
  }

  @Test
  void takesYaml() throws Exception {
    String pod =
        """
        apiVersion: v1
        kind: Pod
        metadata:
          name: y
          annotations: {at: 2026-11-22T22:30:30Z}
        spec:
          containers:
          - {name: c, image: i}
        """;

    Client.Answer created = client.send("POST", Client.PODS, "application/yaml", pod);

    assertThat(created.code()).isEqualTo(201);
    assertThat(created.json().at("/metadata/annotations/at").asString())
        .isEqualTo("2026-11-22T22:30:30Z");
    assertThat(client.send("POST", Client.PODS, "application/yaml", "a: [").at("message"))
        .contains("yaml");
  }

  private static List<String> names(JsonNode list) {
    List<String> names = new ArrayList<>();
    list.path("items").forEach(item -> names.add(Json.text(item, "metadata", "name")));
    return names;
  }

  private static String token(JsonNode list) {
    return Json.text(list, "metadata", "continue");
  }

  private static String version(JsonNode list) {
    return Json.text(list, "metadata", "resourceVersion");
  }
}
