package io.multijob.optune;

import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.optune.access.Access;
import io.multijob.optune.run.Runs;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AccessIT {
  private Client client;

  @BeforeEach
  void open(@TempDir Path directory) throws Exception {
    client = Client.of(directory, new Access.Token("s3cret"));
  }

  @AfterEach
  void close() throws Exception {
    client.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/?token=wrong",
        "/page/main.js",
        "/api/v1/apps",
        "/api/v1/runs",
        "/api/v1/stream",
        "/metrics",
        "/api/v1/apps?token=s3cret"
      })
  void showsNothingWithoutTheToken(String path) throws Exception {
    HttpResponse<String> answer = client.get(path);

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).isEqualTo("{\"error\":\"the token is missing or wrong\"}");
  }

  @Test
  void takesNoEventWithoutTheToken() throws Exception {
    assertThat(client.report(Runs.succeeded("1", "a", 1)).statusCode()).isEqualTo(401);
  }

  @Test
  void takesAndShowsAllWithTheToken() throws Exception {
    client.with("Authorization", "Bearer s3cret");

    assertThat(client.report(Runs.succeeded("1", "a", 1)).statusCode()).isEqualTo(200);
    assertThat(client.json("/api/v1/runs").path("runs")).hasSize(1);
  }

  @Test
  void isHealthyForEveryone() throws Exception {
    assertThat(client.get("/healthz").statusCode()).isEqualTo(200);
  }

  @Test
  void theTokenInTheAddressOfThePageBecomesACookieForReading() throws Exception {
    HttpResponse<String> welcome = client.get("/?token=s3cret&app=ci%2Fbuild%26%22%3E");
    String cookie = welcome.headers().firstValue("set-cookie").orElseThrow();

    assertThat(welcome.statusCode()).isEqualTo(200);
    assertThat(welcome.body())
        .contains("content=\"0;url=/?app=ci%2Fbuild%26%22%3E\"")
        .doesNotContain("s3cret");
    assertThat(welcome.headers().firstValue("cache-control")).hasValue("no-store");

    client.with("Cookie", cookie.substring(0, cookie.indexOf(';')));

    assertThat(client.get("/").statusCode()).isEqualTo(200);
    assertThat(client.get("/api/v1/apps").statusCode()).isEqualTo(200);
    assertThat(client.report(Runs.succeeded("1", "a", 1)).statusCode()).isEqualTo(401);
  }
}
