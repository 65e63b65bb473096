package io.multijob.servo;

import static io.multijob.servo.watch.ScriptedApiServer.list;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.multijob.http.Request;
import io.multijob.http.Response;
import io.multijob.protocol.EventJson;
import io.multijob.protocol.Goodbye;
import io.multijob.protocol.Hello;
import io.multijob.protocol.Measurement;
import io.multijob.servo.watch.PodJson;
import io.multijob.servo.watch.ScriptedApiServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The whole servo against a cluster and a service that are scripted.
@Timeout(60)
final class ServoIT {
  private static final String NOTHING = "";

  private final BlockingQueue<String> watched = new LinkedBlockingQueue<>();
  private ScriptedApiServer cluster;
  private TestService service;
  private Map<String, String> settings;

  @BeforeEach
  void prepare(@TempDir Path directory) throws IOException {
    cluster = new ScriptedApiServer();
    service = new TestService();
    cluster.client(directory).close(); // leaves a kubeconfig
    settings = new HashMap<>();
    settings.put("OPTUNE_URL", service.url());
    settings.put("OPTUNE_ACCOUNT", "me");
    settings.put("POD_NAMESPACES", "batch");
    settings.put("STATE_DIR", directory.resolve("state").toString());
    settings.put("METRICS_LISTEN", "127.0.0.1:0");
    settings.put("ADMISSION", "none"); // it would ask for more than is in the script
    settings.put("KUBECONFIG", directory.resolve("kubeconfig").toString());
  }

  @AfterEach
  void end() {
    watched.add(NOTHING);
    service.close();
    cluster.close();
  }

  @Test
  void greetsReportsEachRunOnceAndSaysGoodbye() throws Exception {
    cluster.then(list("10", "", PodJson.completed("uid-1", "9"))).then(watch());
    try (Servo servo = start()) {
      Map<String, Request> firstTwo = new HashMap<>(); // in whichever order they come
      for (int i = 0; i < 2; i++) {
        Request request = service.request();
        firstTwo.put(request.path(), request);
      }
      Request hello = requireNonNull(firstTwo.get("/me/_global_"));
      Request measurement = requireNonNull(firstTwo.get("/me/nightly"));

      assertThat(EventJson.read(hello.body()))
          .isEqualTo(new Hello("me", "servo-k8s-multijob", "development", List.of("batch")));
      assertThat(measurement.header("Idempotency-Key")).contains("uid-1");
      assertThat(EventJson.read(measurement.body())).isInstanceOf(Measurement.class);

      watched.add(ScriptedApiServer.event("ADDED", PodJson.running("uid-2", "11")));
      watched.add(ScriptedApiServer.event("MODIFIED", PodJson.completed("uid-2", "12")));
      watched.add(ScriptedApiServer.event("MODIFIED", PodJson.completed("uid-2", "13")));
      watched.add(ScriptedApiServer.event("DELETED", PodJson.completed("uid-2", "14")));

      assertThat(service.request().header("Idempotency-Key")).contains("uid-2");
      servo.close("signal 15");
    }

    assertThat(service.event()).isEqualTo(new Goodbye("me", "signal 15"));
  }

  @Test
  void marksAPodWhenTheServiceHasItsRun() throws Exception {
    cluster.then(list("10", "", PodJson.completed("uid-1", "9"))).then(watch());
    try (Servo _ = start()) {
      Request patch = cluster.patch();

      assertThat(patch.path()).isEqualTo("/api/v1/namespaces/batch/pods/pod-uid-1");
      assertThat(patch.header("Content-Type")).contains("application/strategic-merge-patch+json");
      assertThat(patch.bodyText())
          .isEqualTo(
              "{\"metadata\":{\"uid\":\"uid-1\","
                  + "\"annotations\":{\"servo.optune.io/reported\":\"uid-1\"},"
                  + "\"$deleteFromPrimitiveList/finalizers\":[\"servo.optune.io/measurement\"]}}");
    }
  }

  @Test
  void marksNoPodWhoseRunTheServiceDoesNotTake() throws Exception {
    service.answer(
        request -> Response.text(request.path().contains("nightly") ? 500 : 200, "no\n"));
    cluster.then(list("10", "", PodJson.completed("uid-1", "9"))).then(watch());
    try (Servo _ = start()) {
      while (!service.request().path().contains("nightly")) {}
      assertThat(cluster.patched()).isZero();
      service.answer(request -> Response.json(200, "{}"));

      assertThat(cluster.patch().bodyText()).contains("uid-1");
    }
  }

  @Test
  void holdsALivePodWhenItIsToldTo() throws Exception {
    settings.put("HOLD_PODS", "true");
    cluster.then(list("10", "", PodJson.running("uid-1", "9"))).then(watch());
    try (Servo _ = start()) {
      assertThat(cluster.patch().bodyText())
          .isEqualTo(
              "{\"metadata\":{\"uid\":\"uid-1\","
                  + "\"finalizers\":[\"servo.optune.io/measurement\"]}}");
    }
  }

  @Test
  void reportsNoRunAgainAfterARestart() throws Exception {
    String pods = PodJson.completed("uid-1", "9");
    cluster.then(list("10", "", pods)).then(watch());
    try (Servo _ = start()) {
      awaitMeasurement("uid-1");
    }
    watched.add(NOTHING);
    cluster.then(list("20", "", pods, PodJson.completed("uid-2", "19"))).then(watch());

    try (Servo _ = start()) {
      awaitMeasurement("uid-2");
    }

    Request last = service.request();
    while (!EventJson.read(last.body()).equals(new Goodbye("me", "exit"))) {
      assertThat(last.header("Idempotency-Key")).isEmpty();
      last = service.request();
    }
  }

  @Test
  void aServiceThatIsAwayGetsTheRunLaterEvenFromTheNextServo() throws Exception {
    service.answer(request -> Response.text(503, "away"));
    cluster.then(list("10", "", PodJson.completed("uid-1", "9"))).then(watch());
    try (Servo _ = start()) {
      awaitMeasurement("uid-1");
    }
    watched.add(NOTHING);
    service.answer(request -> Response.empty(204));
    cluster.then(list("20", "")).then(watch()); // the cluster has forgotten the pod

    try (Servo servo = start()) {
      Request again = service.request();
      while (again.header("Idempotency-Key").isEmpty()
          || !servoSays(servo, "/metrics").contains("servo_outbox_pending 0.0\n")) {
        again = again.header("Idempotency-Key").isEmpty() ? service.request() : again;
      }
      assertThat(again.header("Idempotency-Key")).contains("uid-1");
    }
  }

  @Test
  void tellsWhetherItIsReady() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    cluster.then(Response.text(503, "not yet")).then(list("10", "")).then(watch());
    service.answer(request -> {
      go.countDown();
      return Response.empty(204);
    });
    try (Servo servo = start()) {
      go.await(); // HELLO: the watch stands

      assertThat(servoSays(servo, "/readyz"))
          .isEqualTo(
              "{\"status\":\"ok\",\"checks\":{\"watch\":\"ok\",\"outbox\":\"ok\","
                  + "\"marks\":\"ok\",\"held\":\"0\"}}");
      assertThat(servoSays(servo, "/healthz")).startsWith("{\"status\":\"ok\"");
      assertThat(servoSays(servo, "/metrics"))
          .contains("servo_watch_restarts_total{reason=\"busy\"} 1.0\n")
          .contains("servo_pods_tracked 0.0\n")
          .contains("servo_outbox_set_aside 0.0\n");
    }
  }

  @Test
  void stopsInTimeWhenTheServiceHangs() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    CountDownLatch hangs = new CountDownLatch(1);
    service.answer(request -> {
      if (request.path().endsWith("nightly")) {
        hangs.countDown();
      }
      never.await();
      return Response.empty(204);
    });
    cluster.then(list("10", "", PodJson.completed("uid-1", "9"))).then(watch());
    Servo servo = start();
    hangs.await();

    long begin = System.nanoTime();
    servo.close("signal 15");

    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(15));
    servo.awaitStopped();
  }

  @Test
  void tellsOfAllThatItCannotHaveAtOnce(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "");
    try (ServerSocket taken = new ServerSocket()) {
      taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      settings.put("METRICS_LISTEN", "127.0.0.1:" + taken.getLocalPort());
      settings.put("STATS_LISTEN", "192.0.2.1:80");
      settings.put("STATE_DIR", file.toString());
      settings.put("KUBECONFIG", directory.resolve("none").toString());
      Servo servo = new Servo(ServoConfig.from(settings));

      ConfigurationException e = catchThrowableOfType(ConfigurationException.class, servo::start);

      assertThat(e.problems())
          .containsExactlyInAnyOrder(
              "METRICS_LISTEN: cannot listen on 127.0.0.1:%d: Address already in use"
                  .formatted(taken.getLocalPort()),
              "STATS_LISTEN: cannot listen on 192.0.2.1:80: Cannot assign requested address",
              "STATE_DIR: the directory %s cannot be written: %s is not a directory"
                  .formatted(file, file),
              "KUBECONFIG: KUBECONFIG is %s, and that cannot be read"
                  .formatted(directory.resolve("none")));
      servo.awaitStopped();
    }
  }

  @Test
  void givesBackWhatItHasTakenWhenItCannotStart() throws Exception {
    settings.put("STATS_LISTEN", "192.0.2.1:80");
    Servo servo = new Servo(ServoConfig.from(settings));
    ConfigurationException e = catchThrowableOfType(ConfigurationException.class, servo::start);
    assertThat(e.problems()).hasSize(1);

    settings.put("STATS_LISTEN", "127.0.0.1:0");
    cluster.then(list("10", "")).then(watch());
    try (Servo next = start()) {
      assertThat(service.event()).isInstanceOf(Hello.class);
      assertThat(next.statsAddresses()).hasSize(1);
    }
  }

  private Servo start() throws ConfigurationException {
    Servo servo = new Servo(ServoConfig.from(settings));
    servo.start();
    return servo;
  }

  private void awaitMeasurement(String uid) throws InterruptedException {
    Request request = service.request();
    while (request.header("Idempotency-Key").isEmpty()) {
      request = service.request();
    }
    assertThat(request.header("Idempotency-Key")).contains(uid);
  }

  /// A watch that gives what is put into [#watched] until that is nothing.
  private Response watch() {
    return Response.stream(
        "application/json",
        out -> {
          for (String event = watched.take(); !event.isEmpty(); event = watched.take()) {
            out.write(event.getBytes(UTF_8));
            out.flush();
          }
        });
  }

  private static String servoSays(Servo servo, String path) throws Exception {
    URI uri =
        URI.create("http://127.0.0.1:" + servo.metricsAddresses().getFirst().getPort() + path);
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }
}
