package io.multijob.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.e2e.service.Report;
import io.multijob.e2e.servo.ServoProcess;
import io.multijob.e2e.wait.Wait;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Two servos with one Lease, each with an outbox of its own.
@Timeout(180)
@Execution(ExecutionMode.CONCURRENT)
final class ReplicasE2E {
  private static final int RUNS = 12;
  private static final OneTimePod RUN = OneTimePod.named("runs").command("sleep 1");

  @RegisterExtension
  final Stand stand =
      Stand.watchingOneNamespace(
          "replicas", Map.of("LEASE", "{namespace}/servo", "STATS_LISTEN", "127.0.0.1:{port}"));

  @Test
  void theOtherTakesOverFromOneThatWasKilledAndNothingIsLostOrCountedTwice() throws Exception {
    try (ServoProcess other = startOther()) {
      stand.create(OneTimeJob.of(RUN).spec("completions: " + RUNS, "parallelism: 4"));
      awaitReports(3);

      stand.servo().kill();

      awaitLeads(other, Duration.ofSeconds(15));
      stand.takeServo(other);
      awaitReports(RUNS);
      stand.awaitAllReported();
      assertThat(keys()).isEqualTo(Set.copyOf(pods()));
      for (String uid : pods()) {
        assertThat(stand.service().reportsOf(uid).stream().map(Report::measurement).distinct())
            .hasSize(1);
      }
    }
  }

  @Test
  void theOtherTakesOverAtOnceFromOneThatIsStopped() throws Exception {
    try (ServoProcess other = startOther()) {
      String before = stand.create(OneTimePod.named("before"));
      stand.onlyReportOf(before);

      assertThat(stand.servo().terminate()).isZero();

      // Within a second on a machine with time; this one may be busy with other tests.
      awaitLeads(other, Duration.ofSeconds(5));
      String after = stand.create(OneTimePod.named("after"));
      stand.onlyReportOf(after);
      stand.onlyReportOf(before);
    }
  }

  @Test
  void onlyTheOneThatLeadsWatchesAndTakesPosts() throws Exception {
    try (ServoProcess other = startOther()) {

      assertThat(other.metric("servo_watch_lists_total", "")).isZero();
      assertThat(other.get("/readyz").body()).contains("\"leader\"");
      assertThat(post(other)).isEqualTo(503);
      assertThat(post(stand.servo())).isEqualTo(400);
    }
  }

  /// Frozen for longer than the lease holds, it must notice before it does anything else.
  @Test
  void oneThatWasFrozenActsNoMoreWhenTheOtherHasTakenOver() throws Exception {
    try (ServoProcess other = startOther()) {
      ServoProcess frozen = stand.servo();
      frozen.signal("STOP");
      try {
        awaitLeads(other, Duration.ofSeconds(20));
      } finally {
        frozen.signal("CONT");
      }

      Wait.until(
          "the frozen one to lead no more",
          Duration.ofSeconds(10),
          () -> frozen.metric("servo_leading", "") == 0);
      assertThat(other.metric("servo_leading", "")).isEqualTo(1);
      stand.onlyReportOf(stand.create(OneTimePod.named("after")));
    }
  }

  /// One that is ready to take over from the stand's own, which leads.
  private ServoProcess startOther() throws Exception {
    awaitLeads(stand.servo(), Stand.CLUSTER_TIME);
    ServoProcess other = stand.startAnotherServo().awaitReady();
    assertThat(other.metric("servo_leading", "")).isZero();
    return other;
  }

  private static void awaitLeads(ServoProcess servo, Duration time) throws Exception {
    Wait.until("the servo to lead", time, () -> servo.metric("servo_leading", "") == 1);
  }

  private void awaitReports(int count) throws Exception {
    Wait.until(
        "the reports of " + count + " runs", Stand.REPORT_TIME, () -> keys().size() >= count);
  }

  private Set<String> keys() {
    Set<String> keys = new HashSet<>();
    stand.service().reports().stream()
        .filter(report -> report.appId().equals(RUN.name()))
        .forEach(report -> keys.add(report.received().key()));
    return keys;
  }

  private List<String> pods() {
    return stand.witness().ownedBy(RUN.name()).stream()
        .map(pod -> pod.getMetadata().getUid())
        .toList();
  }

  private static int post(ServoProcess servo) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI address = URI.create("http://127.0.0.1:" + servo.statsPort() + "/");
      HttpRequest request =
          HttpRequest.newBuilder(address)
              .POST(HttpRequest.BodyPublishers.ofString("no report"))
              .build();
      return client.send(request, BodyHandlers.discarding()).statusCode();
    }
  }
}
