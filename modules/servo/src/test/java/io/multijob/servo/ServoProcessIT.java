package io.multijob.servo;

import static io.multijob.servo.watch.ScriptedApiServer.list;
import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.http.Request;
import io.multijob.http.Response;
import io.multijob.protocol.EventJson;
import io.multijob.protocol.Goodbye;
import io.multijob.servo.watch.PodJson;
import io.multijob.servo.watch.ScriptedApiServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The servo as a real process.
@Timeout(60)
final class ServoProcessIT {
  private static final String TOKEN = "s3cr3t-t0k3n";

  private final CountDownLatch over = new CountDownLatch(1);
  private Path log;
  private ScriptedApiServer cluster;
  private TestService service;
  private Map<String, String> settings;

  @BeforeEach
  void prepare(@TempDir Path directory) throws IOException {
    log = directory.resolve("log");
    cluster = new ScriptedApiServer();
    service = new TestService();
    cluster.client(directory).close(); // leaves a kubeconfig
    settings = new HashMap<>();
    settings.put("OPTUNE_URL", service.url());
    settings.put("OPTUNE_ACCOUNT", "me");
    settings.put("OPTUNE_AUTH_TOKEN", TOKEN);
    settings.put("POD_NAMESPACES", "batch");
    settings.put("STATE_DIR", directory.resolve("state").toString());
    settings.put("METRICS_LISTEN", "127.0.0.1:0");
    settings.put("ADMISSION", "none"); // it would ask for more than is in the script
    settings.put("KUBECONFIG", directory.resolve("kubeconfig").toString());
  }

  @AfterEach
  void end() {
    over.countDown();
    service.close();
    cluster.close();
  }

  @Test
  void tellsAllThatIsWrongWithTheSettingsAndExitsWith2() throws Exception {
    settings.put("STATS_DEADLINE", "soon");
    settings.put("LOG_FORMAT", "xml");
    settings.put("OPTUNE_AUTH_TOKEN", TOKEN + " with spaces");
    settings.remove("OPTUNE_ACCOUNT");

    Process process = start();

    assertThat(process.waitFor()).isEqualTo(ServoProcess.CONFIGURATION);
    assertThat(Files.readAllLines(log))
        .containsExactlyInAnyOrder(
            "servo: 4 settings are not right:",
            "  OPTUNE_AUTH_TOKEN: expected printable ASCII without spaces",
            "  OPTUNE_ACCOUNT: not set, but {acct} in OPTUNE_URL asks for it",
            "  STATS_DEADLINE: expected a duration such as 500ms, 30s or 2m, found \"soon\"",
            "  LOG_FORMAT: expected text or json, found \"xml\"");
  }

  @Test
  void tellsWhatCannotBeHadHereAndExitsWith2() throws Exception {
    settings.put("STATE_DIR", log.toString());

    Process process = start();

    assertThat(process.waitFor()).isEqualTo(ServoProcess.CONFIGURATION);
    assertThat(Files.readString(log))
        .contains("servo: STATE_DIR: the directory " + log + " cannot be written")
        .doesNotContain("\tat ");
  }

  @Test
  void onTermSaysGoodbyeAndExitsWith0() throws Exception {
    cluster.then(list("10", "", PodJson.completed("uid-1", "9"))).then(watch());
    settings.put("OPTUNE_ACOUNT", "slip");
    Process process = start();
    awaitEvents(2); // HELLO and MEASUREMENT

    process.destroy();

    assertThat(process.waitFor()).isEqualTo(ServoProcess.STOPPED);
    assertThat(EventJson.read(service.request().body())).isEqualTo(new Goodbye("me", "signal 15"));
    assertThat(Files.readString(log))
        .contains("OPTUNE_AUTH_TOKEN   ***")
        .contains("WARN  OPTUNE_ACOUNT is no setting, did you mean OPTUNE_ACCOUNT?")
        .contains("Run is over  pod=batch/pod-uid-1 uid=uid-1 reason=Completed")
        .contains("Servo stopped");
  }

  @Test
  void neverShowsTheTokenWhateverTheServiceAnswers() throws Exception {
    Instant begin = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    cluster.then(list("10", "", PodJson.completed("uid-1", "9"))).then(watch());
    settings.put("OPTUNE_DEBUG", "1");
    settings.put("LOG_FORMAT", "json");
    service.answer(
        request -> Response.text(400, "not with " + request.header("Authorization").orElse("")));
    Process process = start();
    awaitEvents(2);

    process.destroy();

    assertThat(process.waitFor()).isEqualTo(ServoProcess.STOPPED);
    String logged = Files.readString(log);
    assertThat(logged).contains("not with Bearer ***").doesNotContain(TOKEN);
    for (String line : logged.lines().toList()) {
      JsonNode entry = JsonMapper.shared().readTree(line);
      assertThat(Instant.parse(entry.path("time").asString())).isBetween(begin, Instant.now());
      assertThat(entry.path("level").asString()).matches("INFO|WARN|ERROR|DEBUG");
      assertThat(entry.path("message").asString()).isNotBlank();
    }
  }

  @Test
  void killedInTheMiddleItLosesNothingAndRepeatsNothing() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    service.answer(request -> {
      if (request.path().endsWith("nightly")) {
        asked.countDown();
        over.await();
      }
      return Response.empty(204);
    });
    cluster.then(list("10", "", PodJson.completed("uid-1", "9"))).then(watch());
    Process killed = start();
    asked.await();
    killed.destroyForcibly().waitFor();
    while (!service.request().path().endsWith("nightly")) {
      // HELLO may have come before it
    }
    service.answer(request -> Response.empty(204));
    cluster.then(list("20", "", PodJson.completed("uid-1", "9"))).then(watch());

    Process process = start();

    Request again = service.request();
    while (!again.path().endsWith("nightly")) {
      again = service.request();
    }
    assertThat(again.header("Idempotency-Key")).contains("uid-1");
    process.destroy();
    assertThat(process.waitFor()).isEqualTo(ServoProcess.STOPPED);
    for (Request last = service.request();
        !(EventJson.read(last.body()) instanceof Goodbye);
        last = service.request()) {
      assertThat(last.path()).doesNotEndWith("nightly");
    }
  }

  private Process start() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                ServoMain.class.getName()));
    builder.environment().keySet().removeIf(name -> name.startsWith("JAVA_"));
    builder.environment().putAll(settings);
    return builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
  }

  private void awaitEvents(int count) throws InterruptedException {
    for (int i = 0; i < count; i++) {
      service.request();
    }
  }

  /// A watch on which nothing happens.
  private Response watch() {
    return Response.stream("application/json", out -> over.await());
  }
}
