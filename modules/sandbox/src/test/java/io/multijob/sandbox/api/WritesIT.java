package io.multijob.sandbox.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.sandbox.api.object.Json;
import io.multijob.sandbox.api.object.Meta;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

final class WritesIT {
  private ApiServer server;
  private Client client;

  @BeforeEach
  void start() throws IOException {
    server =
        new ApiServer(
            ApiServerConfig.of((namespace, pod, container) -> Optional.empty())
                .withMutators(List.of(WritesIT::addSidecar)));
    server.start();
    client = new Client(server);
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void namesWhatIsToBeNamed() throws Exception {
    String pod = Client.pod("", "{}").replace("\"name\": \"\"", "\"generateName\": \"run-\"");

    JsonNode first = client.post(Client.PODS, pod).json();
    JsonNode second = client.post(Client.PODS, pod).json();

    assertThat(Json.text(first, "metadata", "name")).matches("run-[a-z0-9]{5}");
    assertThat(Json.text(second, "metadata", "name"))
        .matches("run-[a-z0-9]{5}")
        .isNotEqualTo(Json.text(first, "metadata", "name"));
    assertThat(Json.text(second, "metadata", "uid"))
        .isNotEqualTo(Json.text(first, "metadata", "uid"));
  }

  @Test
  void mutatorsSeeAPodBeforeItIsCreated() throws Exception {
    JsonNode pod = client.createPod("a");

    assertThat(pod.at("/spec/initContainers/0/name").asString()).isEqualTo("zzzzmonitor");
    assertThat(pod.at("/spec/initContainers/0/terminationMessagePath").asString())
        .isEqualTo("/dev/termination-log");
    assertThat(pod.at("/metadata/annotations/seen-in").asString()).isEqualTo("default");
  }

  @Test
  void ofTwoWhoHaveReadTheSameVersionOneMayWrite() throws Exception {
    ObjectNode pod = client.createPod("a");
    Json.child(Meta.of(pod).document(), "labels").put("writer", "first");
    Client.Answer first = client.send("PUT", Client.PODS + "/a", Client.JSON, pod.toString());
    Json.child(Meta.of(pod).document(), "labels").put("writer", "second");

    Client.Answer second = client.send("PUT", Client.PODS + "/a", Client.JSON, pod.toString());

    assertThat(first.code()).isEqualTo(200);
    assertThat(second.code()).isEqualTo(409);
    assertThat(client.get(Client.PODS + "/a").at("metadata", "labels", "writer"))
        .isEqualTo("first");
  }

  @Test
  void aWriteThatChangesNothingMakesNoVersion() throws Exception {
    ObjectNode pod = client.createPod("a");

    JsonNode patched =
        client.patch(Client.PODS + "/a", Client.MERGE, "{\"metadata\": {\"labels\": {}}}").json();
    JsonNode put = client.send("PUT", Client.PODS + "/a", Client.JSON, pod.toString()).json();

    assertThat(Json.text(patched, "metadata", "resourceVersion"))
        .isEqualTo(Json.text(pod, "metadata", "resourceVersion"));
    assertThat(put).isEqualTo(pod);
  }

  @Test
  void theStatusIsWrittenApartFromTheRest() throws Exception {
    client.createPod("a");

    client.patch(Client.PODS + "/a", Client.MERGE, "{\"status\": {\"phase\": \"Failed\"}}");
    assertThat(client.get(Client.PODS + "/a").at("status", "phase")).isEqualTo("Pending");

    client.patch(
        Client.PODS + "/a/status",
        Client.MERGE,
        "{\"status\": {\"phase\": \"Running\"}, \"spec\": {\"nodeName\": \"n1\"}}");
    assertThat(client.get(Client.PODS + "/a").at("status", "phase")).isEqualTo("Running");
    assertThat(client.get(Client.PODS + "/a").at("spec", "nodeName")).isEmpty();
  }

  @Test
  void warnsOfFieldsThatAreNotKnownUnlessToldNotTo() throws Exception {
    String pod = Client.pod("a", "{}").replace("\"image\"", "\"imagge\": 1, \"image\"");

    Client.Answer warned = client.post(Client.PODS, pod);
    Client.Answer ignored =
        client.post(Client.PODS + "?fieldValidation=Ignore", pod.replace("\"a\"", "\"b\""));

    assertThat(warned.response().headers().firstValue("Warning"))
        .contains("299 - \"unknown field \\\"spec.containers[0].imagge\\\"\"");
    assertThat(ignored.code()).isEqualTo(201);
    assertThat(ignored.response().headers().firstValue("Warning")).isEmpty();
  }

  @Test
  void manyAtOnceDoNotLoseAWrite() throws Exception {
    client.createPod("a");
    List<Thread> writers = List.of("b", "c", "d", "e").stream().map(this::labelTenTimes).toList();
    for (Thread writer : writers) {
      writer.join();
    }

    JsonNode labels = client.get(Client.PODS + "/a").json().at("/metadata/labels");

    assertThat(labels.size()).isEqualTo(40);
  }

  private Thread labelTenTimes(String prefix) {
    return Thread.ofVirtual()
        .start(() -> {
          for (int i = 0; i < 10; i++) {
            try {
              client.patch(
                  Client.PODS + "/a",
                  Client.MERGE,
                  "{\"metadata\": {\"labels\": {\"%s%d\": \"1\"}}}".formatted(prefix, i));
            } catch (IOException | InterruptedException e) {
              throw new AssertionError(e);
            }
          }
        });
  }

  private static void addSidecar(ObjectNode pod) {
    Json.child(Meta.of(pod).document(), "annotations").put("seen-in", Meta.of(pod).namespace());
    Json.list(Json.child(pod, "spec"), "initContainers")
        .addObject()
        .put("name", "zzzzmonitor")
        .put("image", "podmon")
        .put("restartPolicy", "Always");
  }
}
