package io.multijob.sandbox.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.sandbox.api.object.Json;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class DeletionIT {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  private ApiServer server;
  private Client client;

  @BeforeEach
  void start() throws IOException {
    server =
        new ApiServer(
            ApiServerConfig.of((namespace, pod, container) -> Optional.empty())
                .withClock(InstantSource.fixed(NOW)));
    server.start();
    client = new Client(server);
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void aPodWithoutANodeGoesAtOnce() throws Exception {
    client.createPod("a");

    client.delete(Client.PODS + "/a");

    assertThat(client.get(Client.PODS + "/a").code()).isEqualTo(404);
  }

  @Test
  void aPodOnANodeWaitsForItsKubelet() throws Exception {
    client.createPod("a");
    bind("a");

    JsonNode deleting = client.delete(Client.PODS + "/a").json();

    assertThat(Json.text(deleting, "metadata", "deletionTimestamp"))
        .isEqualTo("2026-11-22T12:00:30Z");
    assertThat(client.get(Client.PODS + "/a").code()).isEqualTo(200);
    client.delete(Client.PODS + "/a?gracePeriodSeconds=0");
    assertThat(client.get(Client.PODS + "/a").code()).isEqualTo(404);
  }

  @Test
  void aShorterGracePeriodCountsFromTheFirstRequest() throws Exception {
    client.createPod("a");
    bind("a");
    client.delete(Client.PODS + "/a");

    JsonNode shortened = client.delete(Client.PODS + "/a?gracePeriodSeconds=5").json();
    JsonNode same = client.delete(Client.PODS + "/a?gracePeriodSeconds=20").json();

    assertThat(Json.text(shortened, "metadata", "deletionTimestamp"))
        .isEqualTo("2026-11-22T12:00:05Z");
    assertThat(same).isEqualTo(shortened);
  }

  @Test
  void aPodThatHasEndedGoesAtOnce() throws Exception {
    client.createPod("a");
    bind("a");
    client.patch(
        Client.PODS + "/a/status", Client.MERGE, "{\"status\": {\"phase\": \"Succeeded\"}}");

    client.delete(Client.PODS + "/a");

    assertThat(client.get(Client.PODS + "/a").code()).isEqualTo(404);
  }

  @Test
  void aFinalizerHoldsAPodThatItsKubeletHasLetGo() throws Exception {
    client.createPod("a");
    bind("a");
    finalizers("a", "[\"servo.optune.io/measurement\"]");

    client.delete(Client.PODS + "/a");
    client.delete(Client.PODS + "/a?gracePeriodSeconds=0");

    assertThat(client.get(Client.PODS + "/a").code()).isEqualTo(200);
    finalizers("a", "null");
    assertThat(client.get(Client.PODS + "/a").code()).isEqualTo(404);
  }

  @Test
  void aFinalizerThatGoesDoesNotEndTheGracePeriod() throws Exception {
    client.createPod("a");
    bind("a");
    finalizers("a", "[\"servo.optune.io/measurement\"]");
    client.delete(Client.PODS + "/a");

    finalizers("a", "null");

    assertThat(client.get(Client.PODS + "/a").code()).isEqualTo(200);
  }

  @Test
  void anotherPodOfTheSameNameIsNotMeant() throws Exception {
    client.createPod("a");

    Client.Answer refused =
        client.send(
            "DELETE", Client.PODS + "/a", Client.JSON, "{\"preconditions\": {\"uid\": \"other\"}}");

    assertThat(refused.code()).isEqualTo(409);
    assertThat(client.get(Client.PODS + "/a").code()).isEqualTo(200);
  }

  @Test
  void deletesAllThatAreSelected() throws Exception {
    client.post(Client.PODS, Client.pod("a", "{\"x\": \"1\"}"));
    client.post(Client.PODS, Client.pod("b", "{}"));

    JsonNode deleted = client.delete(Client.PODS + "?labelSelector=x").json();

    assertThat(deleted.path("items").size()).isEqualTo(1);
    assertThat(client.get(Client.PODS + "/a").code()).isEqualTo(404);
    assertThat(client.get(Client.PODS + "/b").code()).isEqualTo(200);
  }

  @Test
  void inTheBackgroundAJobTakesItsPodsAlong() throws Exception {
    createJobWithPods();
    bind("on-node");

    client.delete(Client.JOBS + "/j?propagationPolicy=Background");

    assertThat(client.get(Client.JOBS + "/j").code()).isEqualTo(404);
    assertThat(client.get(Client.PODS + "/waiting").code()).isEqualTo(404);
    assertThat(client.get(Client.PODS + "/on-node").at("metadata", "deletionTimestamp"))
        .isNotEmpty();
  }

  @Test
  void inTheForegroundAJobWaitsForItsPods() throws Exception {
    createJobWithPods();
    bind("on-node");

    JsonNode waiting = client.delete(Client.JOBS + "/j?propagationPolicy=Foreground").json();

    assertThat(waiting.at("/metadata/finalizers/0").asString()).isEqualTo("foregroundDeletion");
    assertThat(client.get(Client.JOBS + "/j").code()).isEqualTo(200);
    client.delete(Client.PODS + "/on-node?gracePeriodSeconds=0");
    assertThat(client.get(Client.JOBS + "/j").code()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?propagationPolicy=Orphan"})
  void anOrphanedPodStaysWithoutItsJob(String query) throws Exception {
    createJobWithPods();

    Client.Answer answer = client.delete(Client.JOBS + "/j" + query);

    assertThat(answer.response().headers().firstValue("Warning").isPresent())
        .isEqualTo(query.isEmpty());
    assertThat(client.get(Client.JOBS + "/j").code()).isEqualTo(404);
    JsonNode pod = client.get(Client.PODS + "/waiting").json();
    assertThat(pod.path("metadata").has("ownerReferences")).isFalse();
  }

  @Test
  void aPodOfAJobThatIsGoneIsNotKept() throws Exception {
    client.post(Client.PODS, podOf("late", "no-such-uid"));

    assertThat(client.get(Client.PODS + "/late").code()).isEqualTo(404);
  }

  @Test
  void aNamespaceGoesWithItsLastPod() throws Exception {
    client.post("/api/v1/namespaces", "{\"metadata\": {\"name\": \"n\"}}");
    client.post("/api/v1/namespaces/n/pods", Client.pod("waiting", "{}"));
    client.post("/api/v1/namespaces/n/pods", Client.pod("on-node", "{}"));
    bind("/api/v1/namespaces/n/pods", "on-node");

    client.delete("/api/v1/namespaces/n");

    assertThat(client.get("/api/v1/namespaces/n").at("status", "phase")).isEqualTo("Terminating");
    assertThat(client.get("/api/v1/namespaces/n/pods/waiting").code()).isEqualTo(404);
    assertThat(client.post("/api/v1/namespaces/n/pods", Client.pod("new", "{}")).code())
        .isEqualTo(403);
    client.delete("/api/v1/namespaces/n/pods/on-node?gracePeriodSeconds=0");
    assertThat(client.get("/api/v1/namespaces/n").code()).isEqualTo(404);
  }

  private void createJobWithPods() throws IOException, InterruptedException {
    JsonNode job = client.post(Client.JOBS, Client.job("j")).json();
    String uid = Json.text(job, "metadata", "uid");
    client.post(Client.PODS, podOf("waiting", uid));
    client.post(Client.PODS, podOf("on-node", uid));
  }

  private static String podOf(String name, String jobUid) {
    return """
    {"metadata": {"name": "%s", "ownerReferences": [
       {"apiVersion": "batch/v1", "kind": "Job", "name": "j", "uid": "%s",
        "controller": true, "blockOwnerDeletion": true}]},
     "spec": {"containers": [{"name": "main", "image": "i"}]}}
    """
        .formatted(name, jobUid);
  }

  private void bind(String pod) throws IOException, InterruptedException {
    bind(Client.PODS, pod);
  }

  private void bind(String pods, String pod) throws IOException, InterruptedException {
    Client.Answer bound =
        client.post(
            pods + "/" + pod + "/binding",
            "{\"metadata\": {\"name\": \"%s\"}, \"target\": {\"kind\": \"Node\", \"name\": \"n1\"}}"
                .formatted(pod));
    if (bound.code() != 201) {
      throw new AssertionError(bound.text());
    }
  }

  private void finalizers(String pod, String list) throws IOException, InterruptedException {
    client.patch(
        Client.PODS + "/" + pod,
        Client.MERGE,
        "{\"metadata\": {\"finalizers\": %s}}".formatted(list));
  }
}
