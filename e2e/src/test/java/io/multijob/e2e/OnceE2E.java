package io.multijob.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.e2e.service.Report;
import io.multijob.e2e.wait.Wait;
import io.multijob.protocol.Annotation;
import io.multijob.protocol.Measurement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// That each run is reported, and counts once, whatever becomes of the servo meanwhile.
@Timeout(300)
@Execution(ExecutionMode.CONCURRENT)
final class OnceE2E {
  @RegisterExtension final Stand stand = Stand.watchingOneNamespace("once");

  private static final int RUNS = 12;
  private static final OneTimePod RUN = OneTimePod.named("runs").command("sleep 1");

  @Test
  void podsThatEndedBeforeTheServoFirstCame() throws Exception {
    stand.servo().terminate();
    stand.emptyState();
    String completed = stand.create(OneTimePod.named("completed"));
    String failed = stand.create(OneTimePod.named("failed").command("exit 2"));
    String notOurs = stand.create(OneTimePod.named("not-ours").withoutAppId());
    stand.witness().awaitEnd(completed, Stand.REPORT_TIME);
    stand.witness().awaitEnd(failed, Stand.REPORT_TIME);
    stand.witness().awaitEnd(notOurs, Stand.REPORT_TIME);

    stand.startServo();

    assertThat(reason(stand.onlyReportByTheKubelet(completed))).isEqualTo("Completed");
    assertThat(reason(stand.onlyReportByTheKubelet(failed))).isEqualTo("Error");
    stand.holdThatEachWasReportedOnce();
  }

  /// Only those may come again that went in the turn in which the servo was killed.
  @Test
  void theServoIsKilledAndItsStateIsKept() throws Exception {
    stand.create(OneTimeJob.of(RUN).spec("completions: " + RUNS, "parallelism: 4"));
    awaitReports(3);
    stand.servo().kill();
    awaitEnded(6);

    stand.startServo();

    awaitEnded(RUNS);
    stand.awaitAllReported();
    assertThat(keys()).containsExactlyInAnyOrderElementsOf(pods());
    assertThat(reports()).hasSizeBetween(RUNS, RUNS + 4);
  }

  /// Without its memory it reports what the cluster does not say is reported: each under its old
  /// key and with the same words, so that the service knows it.
  @Test
  void theServoIsKilledAndItsStateIsLost() throws Exception {
    stand.create(OneTimeJob.of(RUN).spec("completions: " + RUNS, "parallelism: 4"));
    awaitReports(3);
    stand.servo().kill();
    List<Report> before = reports();
    stand.emptyState();
    awaitEnded(6);

    stand.startServo();

    awaitEnded(RUNS);
    stand.awaitAllReported();
    assertThat(keys()).containsExactlyInAnyOrderElementsOf(pods());
    for (Report report : before) {
      Set<Measurement> told = new HashSet<>();
      stand.service().reportsOf(report.uid()).forEach(one -> told.add(one.measurement()));
      assertThat(told).containsExactly(report.measurement());
    }
    assertThat(reports()).hasSizeBetween(RUNS, RUNS + before.size() + 1);
  }

  private void awaitReports(int count) throws Exception {
    Wait.until(count + " reports", Stand.REPORT_TIME, () -> reports().size() >= count);
  }

  private void awaitEnded(int count) throws Exception {
    Wait.until(
        count + " pods to have ended",
        Stand.REPORT_TIME,
        () ->
            stand.witness().ownedBy(RUN.name()).stream()
                    .filter(pod -> "Succeeded".equals(pod.getStatus().getPhase()))
                    .count()
                >= count);
  }

  /// Those of the Job's pods.
  private List<Report> reports() {
    return stand.service().reports().stream()
        .filter(report -> report.appId().equals(RUN.name()))
        .toList();
  }

  private Set<String> keys() {
    Set<String> keys = new HashSet<>();
    reports().forEach(report -> keys.add(report.received().key()));
    return keys;
  }

  private List<String> pods() {
    return stand.witness().ownedBy(RUN.name()).stream()
        .map(pod -> pod.getMetadata().getUid())
        .toList();
  }

  private static String reason(Report report) {
    return report.annotation(Annotation.REASON);
  }
}
