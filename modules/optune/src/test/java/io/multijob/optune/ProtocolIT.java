package io.multijob.optune;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.optune.run.Run;
import io.multijob.optune.run.Runs;
import io.multijob.protocol.Annotation;
import io.multijob.protocol.Annotations;
import io.multijob.protocol.Measurement;
import io.multijob.protocol.Metrics;
import io.multijob.protocol.Outcome;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class ProtocolIT {
  private Client client;

  @BeforeEach
  void open(@TempDir Path directory) throws Exception {
    client = Client.ofOpenService(directory);
  }

  @AfterEach
  void close() throws Exception {
    client.close();
  }

  @Test
  void letsAPodRunThatIsAboutToStart() throws Exception {
    HttpResponse<String> answer = post("ci/build", "{\"event\":\"WHATS_NEXT\",\"param\":null}");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"cmd\":\"MEASURE\",\"param\":{}}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"event\":\"HELLO\",\"param\":{\"account\":\"acme\"}}",
        "{\"event\":\"GOODBYE\",\"param\":{\"account\":\"acme\",\"reason\":\"exit\"}}",
        "{\"event\":\"DIAG\",\"param\":{\"account\":\"acme\",\"reason\":\"x\",\"stderr\":\"\"}}",
        "{\"event\":\"ADJUSTMENT\",\"param\":{}}",
        "{\"event\":\"MEASUREMENT\",\"param\":{\"metrics\":{},\"annotations\":{}}}",
      })
  void takesTheOtherEvents(String event) throws Exception {
    HttpResponse<String> answer = post("_global_", event);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"status\":\"ok\"}");
  }

  @Test
  void showsARunAsItWasReported() throws Exception {
    Run run = Runs.succeeded("pod-1", "ci/build", 2.345);

    client.report(run);

    JsonNode shown = client.json("/api/v1/runs/pod-1");
    assertThat(shown.path("app_id").asString()).isEqualTo("ci/build");
    assertThat(shown.path("account").asString()).isEqualTo("acme");
    assertThat(shown.at("/metrics/duration/value").asDouble()).isEqualTo(2.345);
    assertThat(shown.at("/metrics/max_memory/unit").asString()).isEqualTo("bytes");
    assertThat(shown.at("/annotations/exitcode").isInt()).isTrue();
    assertThat(shown.path("outcome").asString()).isEqualTo("succeeded");
  }

  @Test
  void showsWhatItDoesNotKnowToo() throws Exception {
    post(
        "a",
        """
        {"event":"MEASUREMENT","param":{"metrics":{"duration":{"value":1,"unit":"s"},"carbon":{"value":7,"unit":"g"}},
         "annotations":{"pod_uid":"u1","colour":"blue"},"id":"spoofed"}}\
        """);

    JsonNode shown = client.json("/api/v1/runs/u1");
    assertThat(shown.at("/metrics/carbon/value").asInt()).isEqualTo(7);
    assertThat(shown.at("/annotations/colour").asString()).isEqualTo("blue");
    assertThat(shown.path("id").asString()).isEqualTo("u1");
  }

  @Test
  void takesARunThatNeverRan() throws Exception {
    Measurement measurement =
        new Measurement(
            new Outcome.Failed("no such image"),
            Annotations.of(Map.of(Annotation.REASON, "ErrImagePull")));

    client.report(Runs.of("pod-1", "a", measurement));

    JsonNode shown = client.json("/api/v1/runs/pod-1");
    assertThat(shown.path("outcome").asString()).isEqualTo("failed");
    assertThat(shown.path("message").asString()).isEqualTo("no such image");
    assertThat(client.json("/api/v1/apps").at("/apps/0/failures").asInt()).isEqualTo(1);
  }

  @Test
  void answersASecondReportLikeTheFirstAndCountsIt() throws Exception {
    Run run = Runs.succeeded("pod-1", "a", 1);

    HttpResponse<String> first = client.report(run);
    HttpResponse<String> second = client.report(run);

    assertThat(second.statusCode()).isEqualTo(first.statusCode()).isEqualTo(200);
    assertThat(second.body()).isEqualTo(first.body());
    assertThat(client.json("/api/v1/runs").path("runs")).hasSize(1);
    assertThat(client.json("/api/v1/runs/pod-1").path("duplicates").asInt()).isEqualTo(1);
    assertThat(client.get("/metrics").body())
        .contains("optune_reports_total{result=\"duplicate\"} 1");
  }

  @Test
  void withoutAKeyThePodsUidTellsRunsApart() throws Exception {
    Measurement measurement =
        new Measurement(
            new Outcome.Measured(Metrics.NONE), Annotations.of(Map.of(Annotation.POD_UID, "u1")));
    byte[] body = Runs.body(Runs.of("unused", "a", measurement));

    client.post(Client.pathOf("acme", "a"), body);
    client.post(Client.pathOf("acme", "a"), body);

    assertThat(client.json("/api/v1/runs").path("runs"))
        .singleElement()
        .satisfies(run -> assertThat(run.path("id").asString()).isEqualTo("u1"));
  }

  @Test
  void withoutEitherTheReportItselfTellsRunsApart() throws Exception {
    byte[] one = Runs.body(Runs.succeeded("unused", "a", 1));
    byte[] two = Runs.body(Runs.succeeded("unused", "a", 2));

    client.post(Client.pathOf("acme", "a"), one);
    client.post(Client.pathOf("acme", "a"), one);
    client.post(Client.pathOf("acme", "a"), two);
    client.post(Client.pathOf("acme", "b"), one);

    assertThat(client.json("/api/v1/runs").path("runs")).hasSize(3);
  }

  @Test
  void takesAnAppIdOfAnyCharacters() throws Exception {
    String appId = "../a b/ü?x=%2F<img src=x onerror=alert(1)>;+";

    client.report(Runs.succeeded("1", appId, 1));

    assertThat(client.json("/api/v1/apps").at("/apps/0/app_id").asString()).isEqualTo(appId);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"event":"MEASUREMENT","param":{"metrics":{"duration":{"value":"x","unit":"s"}}}} | $.param.metrics.duration.value
          {"event":"MEASUREMENT","param":{"metrics":{"duration":{"value":-1,"unit":"s"}}}}  | $.param.metrics.duration.value
          {"event":"MEASUREMENT"}                                                           | $.param
          {"event":"NOBODY","param":{}}                                                     | $.event
          []                                                                                | $
          {"event":                                                                         | $
          """)
  void saysWhereADocumentIsWrong(String document, String path) throws Exception {
    HttpResponse<String> answer = post("a", document);

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("content-type")).hasValue("application/json");
    assertThat(answer.body()).startsWith("{\"error\":\"" + path);
    assertThat(client.json("/api/v1/runs").path("runs")).isEmpty();
  }

  @Test
  void refusesAKeyThatIsOfNoUse() throws Exception {
    HttpResponse<String> answer = client.report(Runs.succeeded("k".repeat(300), "a", 1));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("Idempotency-Key", "1 to 255 printable characters");
  }

  @Test
  void refusesAnAppIdThatIsEmptyAndOneThatIsNoSegment() throws Exception {
    String event = "{\"event\":\"MEASUREMENT\",\"param\":{\"metrics\":{}}}";

    assertThat(client.post("/metrics/acme//servo", event.getBytes(UTF_8)).statusCode())
        .isEqualTo(400);
    assertThat(client.post("/metrics/acme/a/b/servo", event.getBytes(UTF_8)).statusCode())
        .isEqualTo(405);
  }

  @Test
  void takesNoEventFromAnotherSitesPage() throws Exception {
    client.with("Origin", "http://evil.example");

    HttpResponse<String> answer = client.report(Runs.succeeded("1", "a", 1));

    assertThat(answer.statusCode()).isEqualTo(403);
  }

  private HttpResponse<String> post(String appId, String event) throws Exception {
    return client.post(Client.pathOf("acme", appId), event.getBytes(UTF_8));
  }
}
