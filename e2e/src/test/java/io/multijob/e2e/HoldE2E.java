package io.multijob.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.multijob.e2e.service.Report;
import io.multijob.e2e.wait.Wait;
import io.multijob.http.Response;
import io.multijob.protocol.Annotation;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/// Pods that are held until their run is reported: what becomes of them, and of what waits for
/// their going.
@Timeout(240)
@Execution(ExecutionMode.CONCURRENT)
final class HoldE2E {
  @RegisterExtension
  final Stand stand =
      Stand.watchingOneNamespace("hold", Map.of("HOLD_PODS", "true", "HOLD_LIMIT", "5s"));

  private static final Duration GRACE = Duration.ofSeconds(1);
  private static final OneTimePod LONG = OneTimePod.named("long").command("sleep 600");

  @Test
  void aPodThatIsDeletedWhileTheServoIsDownIsReportedWhenItIsBack() throws Exception {
    String uid = createHeld(LONG);
    stand.servo().kill();
    stand.namespace().deletePod("long", GRACE);
    Pod ended = stand.witness().awaitEnd(uid, Stand.CLUSTER_TIME);
    assertThat(PodState.isHeld(ended)).isTrue();

    stand.startServo();

    Report report = stand.onlyReportByTheKubelet(uid);
    assertThat(report.annotation(Annotation.EXITCODE)).isEqualTo("137");
    awaitGone(uid);
  }

  @Test
  void aPodIsLetGoWhenItsRunIsReported() throws Exception {
    String uid = stand.create(OneTimePod.named("short").command("sleep 2"));
    awaitHeld(uid);

    stand.onlyReportOf(uid);

    Pod free =
        stand
            .witness()
            .await(uid, "to be let go", Stand.CLUSTER_TIME, pod -> !PodState.isHeld(pod));
    assertThat(PodState.isMarked(free)).isTrue();
  }

  @Test
  void anEvictedPodGoesAsSoonAsItIsReported() throws Exception {
    String uid = createHeld(LONG);

    stand.namespace().evictPod("long");

    Report report = stand.onlyReportOf(uid);
    assertThat(report.annotation(Annotation.REASON)).isEqualTo("Evicted");
    awaitGone(uid);
  }

  @Test
  void aJobsPodsGoWithItAfterItsTime() throws Exception {
    OneTimePod pod = OneTimePod.named("timed").command("sleep 1");
    stand.create(OneTimeJob.of(pod).spec("ttlSecondsAfterFinished: 1"));
    String uid = stand.onlyPodOf("timed");

    assertThat(stand.onlyReportOf(uid).annotation(Annotation.REASON)).isEqualTo("Completed");
    awaitGone(uid);
    awaitNoJob("timed");
  }

  @Test
  void aJobThatIsDeletedInTheForegroundWaitsForItsHeldPods() throws Exception {
    stand.create(OneTimeJob.of(LONG));
    String uid = stand.onlyPodOf("long");
    awaitHeld(uid);
    stand.witness().await(uid, "to run", Stand.REPORT_TIME, PodState::isRunning);
    stand.servo().kill();

    stand.namespace().deleteJob("long", "Foreground");
    stand.witness().awaitEnd(uid, Stand.CLUSTER_TIME);
    assertThat(stand.namespace().hasJob("long")).isTrue();
    stand.startServo();

    stand.onlyReportOf(uid);
    awaitGone(uid);
    awaitNoJob("long");
  }

  @Test
  void aNamespaceGoesWhenItsHeldPodsAreReported() throws Exception {
    String uid = createHeld(LONG);
    stand.servo().kill();
    stand.namespace().close();
    stand.witness().awaitEnd(uid, Stand.CLUSTER_TIME);
    assertThat(stand.namespace().isThere()).isTrue();

    stand.startServo();

    stand.onlyReportOf(uid);
    Wait.until("the namespace to be gone", Stand.CLUSTER_TIME, () -> !stand.namespace().isThere());
  }

  /// The service is away for longer than the limit.
  @Test
  void aPodIsNotHeldBeyondTheLimitAndItsRunIsReportedAllTheSame() throws Exception {
    stand.service().answer(request -> Response.text(503, "not now"));
    String uid = createHeld(LONG);

    stand.namespace().deletePod("long", GRACE);

    awaitGone(uid);
    assertThat(stand.service().reportsOf(uid)).isEmpty();
    assertThat(stand.servo().log()).contains("let go before its run is reported");
    stand.service().take();
    stand.onlyReportOf(uid);
  }

  @Test
  void releaseLetsAllGoWithoutAServo() throws Exception {
    String uid = createHeld(LONG);
    stand.servo().kill();
    stand.namespace().deletePod("long", GRACE);
    stand.witness().awaitEnd(uid, Stand.CLUSTER_TIME);
    String namespace = stand.namespace().name();

    Command tried = stand.run("release", "--namespace", namespace, "--dry-run");
    assertThat(tried).isEqualTo(new Command(0, said("%s/long", "1 held; nothing was changed")));
    assertThat(stand.namespace().pod("long")).isPresent();

    Command released = stand.run("release", "--namespace", namespace);
    assertThat(released).isEqualTo(new Command(0, said("%s/long released", "1 held, 1 released")));
    awaitGone(uid);
    assertThat(stand.run("release", "--namespace", namespace).output())
        .isEqualTo("no pod is held\n");
  }

  private String said(String line, String summary) {
    return line.formatted(stand.namespace().name()) + "\n" + summary + "\n";
  }

  /// Creates it and waits until it is held and runs.
  private String createHeld(OneTimePod pod) throws Exception {
    String uid = stand.create(pod);
    awaitHeld(uid);
    stand.witness().await(uid, "to run", Stand.REPORT_TIME, PodState::isRunning);
    return uid;
  }

  private void awaitHeld(String uid) throws Exception {
    stand.witness().await(uid, "to be held", Stand.CLUSTER_TIME, PodState::isHeld);
  }

  private void awaitGone(String uid) throws Exception {
    stand.witness().awaitGone(uid, Stand.CLUSTER_TIME);
  }

  private void awaitNoJob(String job) throws Exception {
    Wait.until("no Job " + job, Stand.CLUSTER_TIME, () -> !stand.namespace().hasJob(job));
  }
}
