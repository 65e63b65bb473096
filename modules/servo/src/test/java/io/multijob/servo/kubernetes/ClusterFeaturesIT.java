package io.multijob.servo.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multijob.http.Response;
import io.multijob.servo.watch.ScriptedApiServer;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
final class ClusterFeaturesIT {
  private ScriptedApiServer server;
  private KubernetesApi api;

  @BeforeEach
  void startServer(@TempDir Path directory) throws IOException {
    server = new ScriptedApiServer();
    api = server.client(directory);
  }

  @AfterEach
  void stop() {
    api.close();
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 6, false, false",
    "1, 7, false, true",
    "1, 13+, false, true",
    "1, 14, false, false",
    "1, 28, false, false",
    "1, 29+, true, false",
    "1, 37, true, false",
    "2, 0, true, false",
  })
  void theVersionTellsWhatThereIs(
      String major, String minor, boolean nativeSidecars, boolean initializers) throws Exception {
    server
        .then(Response.json(200, version(major, minor, "v1.0.0")))
        .then(Response.json(404, "{\"kind\":\"Status\",\"code\":404}"));

    ClusterFeatures features = ClusterFeatures.ask(api);

    assertThat(features.nativeSidecars()).isEqualTo(nativeSidecars);
    assertThat(features.initializers()).isEqualTo(initializers);
    assertThat(features.mutatingPolicies()).isFalse();
  }

  @Test
  void aVersionThatOnlyGitTellsCountsToo() throws Exception {
    server
        .then(Response.json(200, version("", "", "v1.31.4-own+dirty")))
        .then(Response.json(404, "{}"));

    ClusterFeatures features = ClusterFeatures.ask(api);

    assertThat(features).hasToString("1.31");
  }

  @ParameterizedTest
  @CsvSource({
    "mutatingadmissionpolicies, true",
    "mutatingwebhookconfigurations, false",
    "mutatingadmissionpolicybindings, false",
  })
  void policiesAreThereWhereTheyAreServed(String resource, boolean there) throws Exception {
    server
        .then(Response.json(200, version("1", "37", "v1.37.2")))
        .then(Response.json(200, "{\"resources\":[{\"name\":\"" + resource + "\"}]}"));

    ClusterFeatures features = ClusterFeatures.ask(api);

    assertThat(features.mutatingPolicies()).isEqualTo(there);
    assertThat(server.request().path()).isEqualTo("/version");
    assertThat(server.request().path()).isEqualTo("/apis/admissionregistration.k8s.io/v1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "<html>",
        "{}",
        "{\"major\":\"one\",\"minor\":\"34\",\"gitVersion\":\"main\"}"
      })
  void whatIsNoVersionIsAnError(String body) {
    server.then(Response.json(200, body)).then(Response.json(404, "{}"));

    assertThatThrownBy(() -> ClusterFeatures.ask(api))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("/version");
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404, 500, 503})
  void soIsOneThatIsRefused(int status) {
    server.then(Response.json(status, "{}"));

    assertThatThrownBy(() -> ClusterFeatures.ask(api))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("/version")
        .hasMessageContaining(Integer.toString(status));
  }

  @Test
  void anAPIServerThatIsBusyMayHavePoliciesStill() {
    server.then(Response.json(200, version("1", "37", "v1.37.2"))).then(Response.json(503, "{}"));

    assertThatThrownBy(() -> ClusterFeatures.ask(api))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("503");
  }

  @Test
  void oneThatCannotBeReachedIsAnError() {
    server.close();

    assertThatThrownBy(() -> ClusterFeatures.ask(api))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot reach");
  }

  private static String version(String major, String minor, String git) {
    return "{\"major\":\"%s\",\"minor\":\"%s\",\"gitVersion\":\"%s\"}".formatted(major, minor, git);
  }
}
