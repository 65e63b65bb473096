package io.multijob.sandbox.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multijob.sandbox.api.object.Json;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
final class InitializersIT {
  private static final String ALL = "?includeUninitialized=true";
  private static final String POD = Client.PODS + "/a";
  private static final String JSON_PATCH = "application/json-patch+json";
  private static final String INITIALIZE =
      """
      [{"op": "remove", "path": "/metadata/initializers"}]\
      """;

  private ApiServer server;
  private Client client;

  @BeforeEach
  void start() throws IOException {
    server =
        new ApiServer(
            ApiServerConfig.of((namespace, pod, container) -> Optional.empty())
                .withRelease(new Release(10, List.of("first.example.org", "second.example.org"))));
    server.start();
    client = new Client(server);
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void saysWhichReleaseItPlays() throws Exception {
    assertThat(client.get("/version").at("minor")).isEqualTo("10");
  }

  @Test
  void aNewPodWaitsForWhatIsConfiguredAndIsSeenOnlyOnDemand() throws Exception {
    Client.Answer created = client.post(Client.PODS + ALL, Client.pod("a", "{}"));

    assertThat(created.code()).isEqualTo(201);
    assertThat(pending(client.get(POD + ALL)))
        .containsExactly("first.example.org", "second.example.org");
    assertThat(client.get(Client.PODS + ALL).json().path("items")).hasSize(1);
    assertThat(client.get(POD).code()).isEqualTo(404);
    assertThat(client.get(Client.PODS).json().path("items")).isEmpty();
  }

  @Test
  void whoeverCreatesItWaitsUntilTheLastHasInitializedIt() throws Exception {
    FutureTask<Client.Answer> creating =
        new FutureTask<>(() -> client.post(Client.PODS, Client.pod("a", "{}")));
    try (Watch all = client.watch(Client.PODS + ALL + "&watch=true");
        Watch initialized = client.watch(Client.PODS + "?watch=true")) {
      Thread.ofVirtual().start(creating);
      assertThat(all.next().summary()).isEqualTo("ADDED a");

      client.patch(
          POD,
          JSON_PATCH,
          "[{\"op\": \"remove\", \"path\": \"/metadata/initializers/pending/0\"}]");
      assertThat(all.next().summary()).isEqualTo("MODIFIED a");
      assertThat(creating.isDone()).isFalse();
      client.patch(
          POD,
          JSON_PATCH,
          "[{\"op\": \"remove\", \"path\": \"/metadata/initializers/pending/0\"}]");

      assertThat(creating.get().code()).isEqualTo(201);
      assertThat(creating.get().json().path("metadata").has("initializers")).isFalse();
      assertThat(initialized.next().summary()).isEqualTo("ADDED a");
      assertThat(client.get(POD).code()).isEqualTo(200);
    }
  }

  @Test
  void theSpecMayChangeUntilThen() throws Exception {
    client.post(Client.PODS + ALL, Client.pod("a", "{}"));
    String more =
        """
        [{"op": "add", "path": "/spec/containers/-", "value": {"name": "beside", "image": "i"}},
         {"op": "add", "path": "/spec/containers/0/resources/limits",
          "value": {"cpu": "1", "memory": "64Mi"}}]
        """;

    Client.Answer before = client.patch(POD, JSON_PATCH, more);
    client.patch(POD, JSON_PATCH, INITIALIZE);
    Client.Answer after = client.patch(POD, JSON_PATCH, more);

    assertThat(before.code()).isEqualTo(200);
    assertThat(before.json().path("spec").path("containers")).hasSize(2);
    assertThat(before.at("status", "qosClass")).isEqualTo("Burstable");
    assertThat(after.code()).isEqualTo(422);
  }

  @Test
  void aTestThatFailsChangesNothing() throws Exception {
    client.post(Client.PODS + ALL, Client.pod("a", "{}"));

    Client.Answer answer =
        client.patch(
            POD,
            JSON_PATCH,
            """
            [{"op": "test", "path": "/metadata/initializers/pending/0/name", "value": "other"},
             {"op": "remove", "path": "/metadata/initializers"}]
            """);

    assertThat(answer.code()).isEqualTo(422);
    assertThat(client.get(POD).code()).isEqualTo(404);
  }

  @Test
  void anInitializedPodCannotBeMadeToWaitAgain() throws Exception {
    client.post(Client.PODS + ALL, Client.pod("a", "{}"));
    client.patch(POD, JSON_PATCH, INITIALIZE);

    Client.Answer answer =
        client.patch(
            POD,
            Client.MERGE,
            "{\"metadata\": {\"initializers\": {\"pending\": [{\"name\": \"x.example.org\"}]}}}");

    assertThat(answer.code()).isEqualTo(422);
    assertThat(answer.at("message")).contains("metadata.initializers");
  }

  @Test
  void anInitializerMayRefuseThePod() throws Exception {
    FutureTask<Client.Answer> creating =
        new FutureTask<>(() -> client.post(Client.PODS, Client.pod("a", "{}")));
    try (Watch all = client.watch(Client.PODS + ALL + "&watch=true")) {
      Thread.ofVirtual().start(creating);
      all.next();
    }

    client.patch(
        POD,
        JSON_PATCH,
        """
        [{"op": "add", "path": "/metadata/initializers/result",
          "value": {"status": "Failure", "code": 403, "reason": "Forbidden", "message": "no"}}]
        """);

    assertThat(creating.get().code()).isEqualTo(403);
    assertThat(creating.get().at("message")).isEqualTo("no");
    assertThat(client.get(POD + ALL).code()).isEqualTo(404);
  }

  @Test
  void whoeverCreatesItIsToldThatItTakesTooLongAndItWaitsOn() throws Exception {
    Client.Answer answer = client.post(Client.PODS + "?timeout=1s", Client.pod("a", "{}"));

    assertThat(answer.code()).isEqualTo(504);
    assertThat(answer.at("reason")).isEqualTo("Timeout");
    assertThat(client.get(POD + ALL).code()).isEqualTo(200);
  }

  @Test
  void onlyPodsWait() throws Exception {
    assertThat(client.post(Client.JOBS, Client.job("j")).code()).isEqualTo(201);
    assertThat(client.get(Client.JOBS + "/j").code()).isEqualTo(200);
  }

  @Test
  void aReleaseWithoutInitializersCannotHaveAny() {
    assertThatThrownBy(() -> new Release(14, List.of("first.example.org")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1.14");
  }

  @Test
  void todaysReleaseKnowsNoInitializers() throws Exception {
    server.close();
    server = new ApiServer(ApiServerConfig.of((namespace, pod, container) -> Optional.empty()));
    server.start();
    client.close();
    client = new Client(server);

    Client.Answer created =
        client.post(
            Client.PODS,
            """
            {"metadata": {"name": "a", "initializers": {"pending": [{"name": "x.example.org"}]}},
             "spec": {"containers": [{"name": "main", "image": "i"}]}}
            """);

    assertThat(created.code()).isEqualTo(201);
    assertThat(created.json().path("metadata").has("initializers")).isFalse();
    assertThat(client.get(POD).code()).isEqualTo(200);
  }

  private static List<String> pending(Client.Answer pod) {
    return Json.at(pod.json(), "metadata", "initializers", "pending")
        .valueStream()
        .map(each -> Json.text(each, "name"))
        .toList();
  }
}
