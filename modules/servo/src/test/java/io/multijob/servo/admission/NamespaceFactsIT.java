package io.multijob.servo.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multijob.http.Response;
import io.multijob.servo.admission.KnownNamespace.HostPaths;
import io.multijob.servo.kubernetes.KubernetesApi;
import io.multijob.servo.watch.ScriptedApiServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class NamespaceFactsIT {
  private ScriptedApiServer server;
  private KubernetesApi api;

  @BeforeEach
  void start(@TempDir Path directory) throws IOException {
    server = new ScriptedApiServer();
    api = server.client(directory);
  }

  @AfterEach
  void stop() {
    api.close();
    server.close();
  }

  @Test
  void forbidsNothingBeforeItHasLooked() {
    NamespaceFacts facts = new NamespaceFacts(api, Set.of("jobs"));

    assertThat(facts.apply("jobs")).isEqualTo(KnownNamespace.UNKNOWN);
  }

  @Test
  void knowsTheLevelAndTheLimitRangesOfANamespace() throws Exception {
    NamespaceFacts facts = new NamespaceFacts(api, Set.of("jobs"));
    server.then(Response.json(200, namespace("jobs", "restricted"))).then(list("", range("jobs")));

    assertThat(facts.look()).isEmpty();

    assertThat(facts.apply("jobs").hostPaths()).isEqualTo(HostPaths.FORBIDDEN);
    assertThat(facts.apply("jobs").limitRanges()).hasSize(1);
    assertThat(server.request().path()).isEqualTo("/api/v1/namespaces/jobs");
    assertThat(server.request().path()).isEqualTo("/api/v1/namespaces/jobs/limitranges");
  }

  @Test
  void readsTheWholeClusterPageByPage() throws Exception {
    NamespaceFacts facts = new NamespaceFacts(api, Set.of("*"));
    server
        .then(list("more", namespace("a", "privileged")))
        .then(list("", namespace("b", "baseline")))
        .then(list("", range("a"), range("a"), range("c")));

    assertThat(facts.look()).isEmpty();

    assertThat(facts.apply("a").hostPaths()).isEqualTo(HostPaths.ALLOWED);
    assertThat(facts.apply("a").limitRanges()).hasSize(2);
    assertThat(facts.apply("b").hostPaths()).isEqualTo(HostPaths.FORBIDDEN);
    assertThat(facts.apply("c").limitRanges()).hasSize(1);
    assertThat(server.request().query("continue")).isEmpty();
    assertThat(server.request().query("continue")).hasValue("more");
  }

  @Test
  void whatMayNotBeSeenIsTakenToForbidNothing() throws Exception {
    NamespaceFacts facts = new NamespaceFacts(api, Set.of("jobs"));
    server
        .then(Response.json(403, ScriptedApiServer.status(403, "Forbidden")))
        .then(list("", range("jobs")));

    assertThat(facts.look()).isEqualTo("403 for /api/v1/namespaces/jobs");

    assertThat(facts.apply("jobs").hostPaths()).isEqualTo(HostPaths.ALLOWED);
    assertThat(facts.apply("jobs").limitRanges()).hasSize(1);
  }

  @Test
  void aNamespaceThatIsNotThereYetIsNoProblem() throws Exception {
    NamespaceFacts facts = new NamespaceFacts(api, Set.of("jobs"));
    server.then(Response.json(404, ScriptedApiServer.status(404, "NotFound"))).then(list(""));

    assertThat(facts.look()).isEmpty();

    assertThat(facts.apply("jobs")).isEqualTo(KnownNamespace.UNKNOWN);
  }

  @Test
  void keepsWhatItKnowsWhenTheApiServerIsInTrouble() throws Exception {
    NamespaceFacts facts = new NamespaceFacts(api, Set.of("jobs"));
    server.then(Response.json(200, namespace("jobs", "baseline"))).then(list(""));
    assertThat(facts.look()).isEmpty();
    server.then(Response.json(200, namespace("jobs", "privileged"))).then(Response.empty(503));

    assertThatThrownBy(facts::look).hasMessageContaining("503");

    assertThat(facts.apply("jobs").hostPaths()).isEqualTo(HostPaths.FORBIDDEN);
  }

  @Test
  void looksByItselfFromItsStart() throws Exception {
    server.then(Response.json(200, namespace("jobs", "baseline"))).then(list(""));
    try (NamespaceFacts facts = new NamespaceFacts(api, Set.of("jobs"))) {
      facts.start();

      assertThat(server.request().path()).isEqualTo("/api/v1/namespaces/jobs");
      assertThat(server.request().path()).isEqualTo("/api/v1/namespaces/jobs/limitranges");
    }
  }

  private static String namespace(String name, String level) {
    return """
    {"metadata": {"name": "%s", "labels": {"pod-security.kubernetes.io/enforce": "%s"}}}\
    """
        .formatted(name, level);
  }

  private static String range(String namespace) {
    return """
    {"metadata": {"name": "limits", "namespace": "%s"}, "spec": {"limits": []}}\
    """
        .formatted(namespace);
  }

  private static Response list(String next, String... items) {
    return ScriptedApiServer.list("7", next, items);
  }
}
