package io.multijob.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.e2e.wait.Wait;
import io.multijob.http.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// That the cluster knows which runs the service has.
@Timeout(180)
@Execution(ExecutionMode.CONCURRENT)
final class MarksE2E {
  @RegisterExtension final Stand stand = Stand.watchingOneNamespace("marks");

  @Test
  void aServoWithAnEmptyDiskDoesNotReportAgainWhatIsMarked() throws Exception {
    String uid = stand.create(OneTimePod.named("once"));
    stand.onlyReportOf(uid);
    stand.witness().await(uid, "to be marked", Stand.CLUSTER_TIME, PodState::isMarked);
    stand.servo().kill();
    stand.emptyState();

    stand.startServo();

    stand.holdThatEachWasReportedOnce();
  }

  @Test
  void aPodIsMarkedWhenTheServiceHasItsRunAndNotBefore() throws Exception {
    stand.service().answer(request -> Response.text(503, "not now"));
    String uid = stand.create(OneTimePod.named("later"));
    Wait.until(
        "a failed delivery",
        Stand.REPORT_TIME,
        () -> stand.servo().metric("servo_deliveries_total", "unreachable") >= 2);
    assertThat(stand.namespace().pod("later"))
        .hasValueSatisfying(pod -> assertThat(PodState.isMarked(pod)).isFalse());

    stand.service().take();

    stand.onlyReportOf(uid);
    stand.witness().await(uid, "to be marked", Stand.CLUSTER_TIME, PodState::isMarked);
  }
}
