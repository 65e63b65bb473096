package io.multijob.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.multijob.e2e.Admission.Way;
import io.multijob.e2e.service.Adjusting;
import io.multijob.e2e.service.Report;
import io.multijob.e2e.servo.ServoProcess;
import io.multijob.e2e.wait.Wait;
import io.multijob.http.Response;
import io.multijob.protocol.Adjustment;
import io.multijob.protocol.Annotation;
import io.multijob.protocol.Command;
import io.multijob.protocol.Description;
import io.multijob.protocol.Metric;
import io.multijob.protocol.Range;
import io.multijob.protocol.SettingValue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What becomes of pods before they start, on a real API server and a real kubelet.
final class AdmissionE2E {
  private static final String WORK = "i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done";
  private static final Duration GRACE = Duration.ofSeconds(1);

  private static final Command.Adjust HALF_A_CORE =
      new Command.Adjust(
          Map.of(
              OneTimePod.MAIN,
              Map.of("cpu", SettingValue.of(0.5), "mem", SettingValue.of(96L << 20))));

  private static String image = "";

  @Order(1)
  @RegisterExtension
  private final Stand stand = Stand.watchingOneNamespace("admission");

  @Order(2) // closed first
  @RegisterExtension
  private final Admission admission = new Admission(stand);

  @BeforeAll
  static void giveTheNodesPodmon() throws Exception {
    image = PodmonImages.onTheNodes();
  }

  @ParameterizedTest
  @EnumSource
  void aJobIsMeasuredByThePodmonThatWasPutIntoItAndEndsByItself(Way way) throws Exception {
    admission.install(way, image, Map.of());
    stand.create(OneTimeJob.of(OneTimePod.named("measured").command(WORK)));

    Report report = stand.onlyReportOf(stand.onlyPodOf("measured"));

    assertThat(report.annotation(Annotation.STATS)).isEqualTo("message");
    assertThat(report.annotation(Annotation.SOURCE)).startsWith("cgroup-v");
    assertThat(report.metric(Metric.CPU_TIME)).isPositive();
    assertThat(report.metric(Metric.MAX_MEMORY)).isPositive();
    assertThat(Admission.hasPodmon(podOf(report))).isTrue();
    awaitCompleted("measured");
  }

  @ParameterizedTest
  @EnumSource
  void aPodIsGivenWhatTheServiceDecidedInItsOwnRatioAndClass(Way way) throws Exception {
    stand.service().answer(new Adjusting(HALF_A_CORE));
    admission.install(way, image, Map.of());
    OneTimePod pod =
        OneTimePod.named("adjusted")
            .container(
                "resources: {requests: {cpu: 100m, memory: 32Mi}, limits: {cpu: 200m, memory: 64Mi}}");
    if (way == Way.POLICY) { // what is agreed when a pod is first seen holds for the next one
      stand.onlyReportOf(stand.create(pod));
      stand.namespace().deletePod("adjusted", GRACE);
      Wait.until(
          "the pod to be gone",
          Stand.CLUSTER_TIME,
          () -> stand.namespace().pod("adjusted").isEmpty());
      awaitKeptSettings();
    }
    String uid = stand.create(pod);
    Report report = stand.onlyReportOf(uid);

    Pod admitted = podOf(report);
    ResourceRequirements resources = admitted.getSpec().getContainers().getFirst().getResources();
    assertThat(resources.getLimits())
        .isEqualTo(Map.of("cpu", new Quantity("500m"), "memory", new Quantity("96Mi")));
    assertThat(resources.getRequests())
        .isEqualTo(Map.of("cpu", new Quantity("250m"), "memory", new Quantity("48Mi")));
    assertThat(admitted.getStatus().getQosClass()).isEqualTo("Burstable");
    assertThat(report.annotation(Annotation.RESOURCES)).contains("\"cpu\":\"500m\"");
    Wait.until(
        "the service to be told that the pod has the values",
        Stand.CLUSTER_TIME,
        () ->
            stand.service().received().stream()
                .anyMatch(received -> received.event() instanceof Adjustment.Applied));
    assertThat(described()).containsKeys("cpu", "mem");
  }

  @ParameterizedTest
  @EnumSource
  void aJobStartsWhileTheServoIsDeadAndIsReportedWhenItIsBack(Way way) throws Exception {
    ServoProcess servo = admission.install(way, image, Map.of());
    servo.kill();
    stand.create(OneTimeJob.of(OneTimePod.named("alone").command(WORK)));
    awaitCompleted("alone");
    stand.startServo(Map.of());

    Report report = stand.onlyReportOf(stand.onlyPodOf("alone"));

    assertThat(report.annotation(Annotation.REASON)).isEqualTo("Completed");
    assertThat(report.annotation(Annotation.STATS))
        .isEqualTo(way == Way.WEBHOOK ? "none" : "message");
  }

  @Test
  void aPodThatIsMadeAndDeletedWhileTheServoIsDeadIsReported() throws Exception {
    ServoProcess servo = admission.install(Way.POLICY, image, Map.of("HOLD_PODS", "true"));
    servo.kill();
    String uid = stand.create(OneTimePod.named("unseen").command(WORK));
    stand.witness().awaitEnd(uid, Stand.REPORT_TIME);
    stand.namespace().deletePod("unseen", GRACE);
    stand.startServo(Map.of("HOLD_PODS", "true", "ADMISSION", "none"));

    Report report = stand.onlyReportOf(uid);

    assertThat(report.annotation(Annotation.STATS)).isEqualTo("message");
    stand.witness().awaitGone(uid, Stand.CLUSTER_TIME);
  }

  @Test
  void aServiceThatNeverAnswersKeepsNoPodFromStarting() throws Exception {
    admission.install(Way.WEBHOOK, image, Map.of("CONVERSATION_BUDGET", "500ms"));
    CountDownLatch end = new CountDownLatch(1);
    stand
        .service()
        .answer(request -> {
          end.await();
          return Response.json(200, "{}");
        });
    String uid = stand.create(OneTimePod.named("unanswered"));
    stand.witness().awaitEnd(uid, Stand.REPORT_TIME);
    end.countDown();
    stand.service().take();

    Report report = stand.onlyReportOf(uid);

    assertThat(report.annotation(Annotation.STATS)).isEqualTo("message");
  }

  private Pod podOf(Report report) {
    return stand.namespace().pods().stream()
        .filter(pod -> pod.getMetadata().getUid().equals(report.uid()))
        .findFirst()
        .orElseThrow(() -> new AssertionError("pod " + report.uid() + " is gone"));
  }

  private void awaitCompleted(String job) throws Exception {
    Wait.until(
        "Job " + job + " to be complete",
        Stand.REPORT_TIME,
        () ->
            stand
                .cluster()
                .client()
                .batch()
                .v1()
                .jobs()
                .inNamespace(stand.namespace().name())
                .withName(job)
                .require()
                .getStatus()
                .getConditions()
                .stream()
                .anyMatch(condition -> condition.getType().equals("Complete")));
  }

  /// Until the API server has what the servo has written for it.
  private void awaitKeptSettings() throws Exception {
    Wait.until(
        "the settings of the app to be kept",
        Stand.CLUSTER_TIME,
        () ->
            stand
                .cluster()
                .client()
                .namespaces()
                .withName(stand.namespace().name())
                .require()
                .getMetadata()
                .getAnnotations()
                .containsKey("settings.servo.optune.io/adjusted"));
  }

  private Map<String, Range> described() {
    List<Description> descriptions =
        stand.service().received().stream()
            .map(received -> received.event())
            .filter(Description.class::isInstance)
            .map(Description.class::cast)
            .toList();
    return descriptions.getLast().components().getOrDefault(OneTimePod.MAIN, Map.of());
  }
}
