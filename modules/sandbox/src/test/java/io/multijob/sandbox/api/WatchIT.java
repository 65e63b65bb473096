package io.multijob.sandbox.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.sandbox.api.object.Json;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

@Timeout(20)
final class WatchIT {
  private static final String WATCH = Client.PODS + "?watch=1&timeoutSeconds=15";

  private ApiServer server;
  private Client client;

  @BeforeEach
  void start() throws IOException {
    server =
        new ApiServer(
            ApiServerConfig.of((namespace, pod, container) -> Optional.empty())
                .withHistorySize(20));
    server.start();
    client = new Client(server);
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void tellsWhatHappensAsItHappens() throws Exception {
    try (Watch watch = client.watch(WATCH + "&resourceVersion=" + version())) {
      client.createPod("a");
      assertThat(watch.next().summary()).isEqualTo("ADDED a");

      label("a", "x", "1");
      Watch.Event modified = watch.next();
      assertThat(modified.summary()).isEqualTo("MODIFIED a");
      assertThat(modified.object().at("/metadata/labels/x").asString()).isEqualTo("1");

      client.delete(Client.PODS + "/a");
      assertThat(watch.next().summary()).isEqualTo("MODIFIED a"); // it is being deleted
      Watch.Event deleted = watch.next();
      assertThat(deleted.summary()).isEqualTo("DELETED a");
      assertThat(Long.parseLong(deleted.version()))
          .isGreaterThan(Long.parseLong(modified.version()));
    }
  }

  @Test
  void goesOnWhereAnotherWatchStopped() throws Exception {
    client.createPod("a");
    String after = Json.text(client.createPod("b"), "metadata", "resourceVersion");
    client.createPod("c");
    client.createPod("d");

    try (Watch watch =
        client.watch(Client.PODS + "?watch=1&timeoutSeconds=1&resourceVersion=" + after)) {
      assertThat(watch.summaries()).containsExactly("ADDED c", "ADDED d");
    }
  }

  @Test
  void beginsWithWhatIsThereUnlessAVersionIsGiven() throws Exception {
    client.createPod("a");
    client.createPod("b");

    try (Watch watch = client.watch(WATCH)) {
      assertThat(watch.next().summary()).isEqualTo("ADDED a");
      assertThat(watch.next().summary()).isEqualTo("ADDED b");
      client.createPod("c");
      assertThat(watch.next().summary()).isEqualTo("ADDED c");
    }
  }

  @Test
  void aVersionThatIsForgottenIsAnErrorInAStreamThatBeginsWell() throws Exception {
    String old = version();
    for (int i = 0; i < 25; i++) {
      client.createPod("p" + i);
    }

    try (Watch watch = client.watch(WATCH + "&resourceVersion=" + old)) {
      Watch.Event error = watch.next();

      assertThat(error.type()).isEqualTo("ERROR");
      assertThat(Json.text(error.object(), "kind")).isEqualTo("Status");
      assertThat(error.object().path("code").asInt()).isEqualTo(410);
      assertThat(Json.text(error.object(), "reason")).isEqualTo("Expired");
      assertThat(watch.nextOrEnd()).isEmpty();
    }
  }

  @Test
  void compactionForgetsAsWell() throws Exception {
    String old = version();
    client.createPod("a");
    server.compact();

    try (Watch fromOld = client.watch(WATCH + "&resourceVersion=" + old);
        Watch fromNew = client.watch(WATCH + "&resourceVersion=" + version())) {
      assertThat(fromOld.next().type()).isEqualTo("ERROR");
      client.createPod("b");
      assertThat(fromNew.next().summary()).isEqualTo("ADDED b");
    }
  }

  @Test
  void anObjectThatComesToBeSelectedIsAddedAndOneThatCeasesToIsDeleted() throws Exception {
    try (Watch watch = client.watch(WATCH + "&labelSelector=x%3D1&resourceVersion=" + version())) {
      client.createPod("a");
      label("a", "x", "1");
      label("a", "y", "1");
      label("a", "x", "2");
      label("a", "y", "2");
      label("a", "x", "1");
      client.delete(Client.PODS + "/a");

      assertThat(watch.next().summary()).isEqualTo("ADDED a");
      assertThat(watch.next().summary()).isEqualTo("MODIFIED a");
      Watch.Event left = watch.next();
      assertThat(left.summary()).isEqualTo("DELETED a");
      assertThat(left.object().at("/metadata/labels/x").asString()).isEqualTo("1");
      assertThat(watch.next().summary()).isEqualTo("ADDED a");
      assertThat(watch.next().summary()).isEqualTo("MODIFIED a");
      assertThat(watch.next().summary()).isEqualTo("DELETED a");
    }
  }

  @Test
  void selectsByFieldsThatChange() throws Exception {
    try (Watch watch =
        client.watch(
            WATCH + "&fieldSelector=status.phase%3DRunning&resourceVersion=" + version())) {
      client.createPod("a");
      phase("a", "Running");
      phase("a", "Succeeded");

      assertThat(watch.next().summary()).isEqualTo("ADDED a");
      assertThat(watch.next().summary()).isEqualTo("DELETED a");
    }
  }

  @Test
  void aStreamedListEndsWithABookmark() throws Exception {
    client.createPod("a");

    try (Watch watch =
        client.watch(
            WATCH
                + "&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true")) {
      assertThat(watch.next().summary()).isEqualTo("ADDED a");
      Watch.Event bookmark = watch.next();
      assertThat(bookmark.type()).isEqualTo("BOOKMARK");
      assertThat(bookmark.version()).isEqualTo(version());
      assertThat(
              bookmark
                  .object()
                  .path("metadata")
                  .path("annotations")
                  .path("k8s.io/initial-events-end")
                  .asString())
          .isEqualTo("true");
      client.createPod("b");
      assertThat(watch.next().summary()).isEqualTo("ADDED b");
    }
  }

  @Test
  void aBookmarkTellsTheVersionShortlyBeforeTheEnd() throws Exception {
    try (Watch watch =
        client.watch(
            Client.PODS
                + "?watch=1&timeoutSeconds=3&allowWatchBookmarks=true&resourceVersion="
                + version())) {
      client.post("/api/v1/namespaces", "{\"metadata\": {\"name\": \"another\"}}");

      Watch.Event bookmark = watch.next();

      assertThat(bookmark.type()).isEqualTo("BOOKMARK");
      assertThat(bookmark.version()).isEqualTo(version());
      assertThat(watch.nextOrEnd()).isEmpty();
    }
  }

  @Test
  void otherNamespacesAndResourcesAreNotTold() throws Exception {
    String before = version();
    client.post("/api/v1/namespaces", "{\"metadata\": {\"name\": \"another\"}}");
    client.post("/api/v1/namespaces/another/pods", Client.pod("elsewhere", "{}"));
    client.post(Client.JOBS, Client.job("j"));
    client.createPod("here");

    try (Watch one =
            client.watch(Client.PODS + "?watch=1&timeoutSeconds=1&resourceVersion=" + before);
        Watch all =
            client.watch("/api/v1/pods?watch=1&timeoutSeconds=1&resourceVersion=" + before)) {
      assertThat(one.summaries()).containsExactly("ADDED here");
      assertThat(all.summaries()).containsExactly("ADDED elsewhere", "ADDED here");
    }
  }

  @Test
  void manyWatchesSeeTheSameOrder() throws Exception {
    String before = version();
    for (int i = 0; i < 5; i++) {
      client.createPod("p" + i);
      label("p" + i, "x", "1");
    }

    List<String> first;
    List<String> second;
    String path = Client.PODS + "?watch=1&timeoutSeconds=1&resourceVersion=" + before;
    try (Watch one = client.watch(path);
        Watch two = client.watch(path)) {
      first = one.summaries();
      second = two.summaries();
    }

    assertThat(first).hasSize(10).startsWith("ADDED p0", "MODIFIED p0", "ADDED p1");
    assertThat(second).isEqualTo(first);
  }

  @Test
  void onlyTheFirstTableOfAStreamHasColumns() throws Exception {
    client.createPod("a");
    client.createPod("b");

    List<String> lines =
        client
            .getAs(
                "application/json;as=Table;v=v1;g=meta.k8s.io",
                Client.PODS + "?watch=1&timeoutSeconds=1")
            .text()
            .lines()
            .toList();

    assertThat(lines).hasSize(2);
    assertThat(lines.getFirst()).contains("\"columnDefinitions\":[{\"name\":\"Name\"");
    assertThat(lines.getLast()).contains("\"columnDefinitions\":null");
  }

  private String version() throws IOException, InterruptedException {
    JsonNode list = client.get(Client.PODS + "?limit=1").json();
    return Json.text(list, "metadata", "resourceVersion");
  }

  private void label(String pod, String key, String value)
      throws IOException, InterruptedException {
    client.patch(
        Client.PODS + "/" + pod,
        Client.MERGE,
        "{\"metadata\": {\"labels\": {\"%s\": \"%s\"}}}".formatted(key, value));
  }

  private void phase(String pod, String phase) throws IOException, InterruptedException {
    client.patch(
        Client.PODS + "/" + pod + "/status",
        Client.MERGE,
        "{\"status\": {\"phase\": \"%s\"}}".formatted(phase));
  }
}
