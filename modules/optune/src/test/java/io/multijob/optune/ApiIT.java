package io.multijob.optune;

import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.optune.run.Runs;
import io.multijob.protocol.Annotation;
import io.multijob.protocol.Annotations;
import io.multijob.protocol.Measurement;
import io.multijob.protocol.Metrics;
import io.multijob.protocol.Outcome;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

final class ApiIT {
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
  void anEmptyServiceHasNothingToShow() throws Exception {
    assertThat(client.json("/api/v1/apps").path("apps")).isEmpty();
    assertThat(client.json("/api/v1/runs").path("runs")).isEmpty();
    assertThat(client.json("/api/v1/history").path("steps")).isEmpty();
  }

  @Test
  void sumsUpEachApp() throws Exception {
    client.report(Runs.succeeded("1", "ci/build", 2));
    client.report(Runs.failed("2", "ci/build", 4));

    JsonNode app = client.json("/api/v1/apps").at("/apps/0");

    assertThat(app.path("app_id").asString()).isEqualTo("ci/build");
    assertThat(app.path("runs").asInt()).isEqualTo(2);
    assertThat(app.path("failures").asInt()).isEqualTo(1);
    assertThat(app.at("/duration/p50").asDouble()).isEqualTo(2);
    assertThat(app.at("/duration/p95").asDouble()).isEqualTo(4);
    assertThat(app.at("/cpu_time/sum").asDouble()).isEqualTo(6);
    assertThat(app.at("/max_memory/max").asLong()).isEqualTo(67_108_864);
    assertThat(app.at("/last_run/id").asString()).isEqualTo("2");
    assertThat(app.at("/last_run/reason").asString()).isEqualTo("OOMKilled");
    assertThat(app.path("recent").toString()).isEqualTo("[[2.0,0],[4.0,1]]");
  }

  @Test
  void saysWhatAnAppAskedFor() throws Exception {
    String resources =
        "{\"requests\":{\"cpu\":\"250m\",\"memory\":\"64Mi\"},\"limits\":{\"memory\":\"1Gi\"}}";
    Annotations annotations = Annotations.of(Map.of(Annotation.RESOURCES, resources));
    client.report(
        Runs.of("1", "a", new Measurement(new Outcome.Measured(Metrics.NONE), annotations)));

    JsonNode app = client.json("/api/v1/apps").at("/apps/0");

    assertThat(app.path("requests").toString()).isEqualTo("{\"cpu\":0.25,\"memory\":6.7108864E7}");
    assertThat(app.path("limits").toString()).isEqualTo("{\"memory\":1.073741824E9}");
  }

  @Test
  void pagesThroughAllRunsWithoutMissingOne() throws Exception {
    List<String> expected = new ArrayList<>();
    for (int i = 1; i <= 7; i++) {
      client.report(Runs.succeeded("run-" + i, "a", 1));
      expected.addFirst("run-" + i);
    }

    List<String> seen = new ArrayList<>();
    String path = "/api/v1/runs?limit=3";
    for (int page = 0; page < 3; page++) {
      JsonNode found = client.json(path);
      found.path("runs").forEach(run -> seen.add(run.path("id").asString()));
      path = "/api/v1/runs?limit=3&before=" + found.path("next").asString("");
      client.report(Runs.succeeded("meanwhile-" + page, "a", 1));
    }

    assertThat(seen).isEqualTo(expected);
    assertThat(path).endsWith("before=");
  }

  @Test
  void showsTheRunsOfOneApp() throws Exception {
    client.report(Runs.succeeded("1", "ci/build", 1));
    client.report(Runs.succeeded("2", "ci/test", 1));

    JsonNode found = client.json("/api/v1/runs?app=ci%2Fbuild");

    assertThat(found.path("runs")).hasSize(1);
    assertThat(found.at("/runs/0/id").asString()).isEqualTo("1");
    assertThat(found.path("last").asInt()).isEqualTo(2);
    assertThat(client.json("/api/v1/runs?app=other").path("runs")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          runs?limit=0          | limit   | expected a whole number from 1 to 1000, found "0"
          runs?limit=1e3        | limit   | expected a whole number from 1 to 1000, found "1e3"
          runs?before=17        | before  | expected the `next` of a page, found "17"
          runs?app=a&app=b      | app     | expected one value, found several
          runs?account=acme     | account | says nothing without app
          runs?ap=a             | ap      | unknown parameter, expected one of [account, app, before, limit]
          apps?window=1y        | window  | expected 24h, 7d, 30d, all, found "1y"
          apps?after=-1         | after   | expected a whole number from 0 on, found "-1"
          """)
  void saysWhichParameterIsWrong(String path, String parameter, String problem) throws Exception {
    HttpResponse<String> answer = client.get("/api/v1/" + path);

    assertThat(answer.statusCode()).isEqualTo(400);
    JsonNode error = client.json("/api/v1/" + path);
    assertThat(error.path("parameter").asString()).isEqualTo(parameter);
    assertThat(error.path("error").asString()).isEqualTo(parameter + ": " + problem);
  }

  @ParameterizedTest
  @CsvSource({"/api/v1/nothing", "/api/v1", "/api/v1/runs/unknown", "/api/v1/apps/x/y"})
  void answersInJsonWhatIsNotThere(String path) throws Exception {
    HttpResponse<String> answer = client.get(path);

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.body()).startsWith("{\"error\":");
  }

  @Test
  void packsALargeAnswerForWhoCanReadIt() throws Exception {
    for (int i = 0; i < 60; i++) {
      client.report(Runs.succeeded("run-" + i, "a", 1));
    }

    HttpResponse<String> plain = client.get("/api/v1/runs");
    HttpResponse<String> packed = client.with("Accept-Encoding", "gzip").get("/api/v1/runs");

    assertThat(plain.headers().firstValue("content-encoding")).isEmpty();
    assertThat(packed.headers().firstValue("content-encoding")).hasValue("gzip");
    assertThat(packed.body().length()).isLessThan(plain.body().length() / 4);
  }

  @Test
  void isOnlyForReading() throws Exception {
    HttpResponse<String> answer = client.post("/api/v1/runs", new byte[0]);

    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("allow")).hasValue("GET, HEAD");
  }

  @Test
  void isHealthyAndCounts() throws Exception {
    client.report(Runs.succeeded("1", "a", 1));

    assertThat(client.get("/healthz").body()).isEqualTo("ok\n");
    assertThat(client.get("/metrics").body())
        .contains("optune_reports_total{result=\"stored\"} 1\n", "optune_runs 1\n");
  }
}
