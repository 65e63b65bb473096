package io.multijob.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.fabric8.kubernetes.api.model.Pod;
import io.multijob.e2e.node.GroupReading;
import io.multijob.e2e.service.Report;
import io.multijob.protocol.Annotation;
import io.multijob.protocol.ContainerFigures;
import io.multijob.protocol.Metric;
import io.multijob.protocol.PodmonReport;
import java.time.Duration;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Podmon in real pods, on a node with cgroup v1.
@Timeout(300)
final class PodmonE2E {
  @RegisterExtension static final Stand STAND = Stand.watchingOneNamespace("podmon");

  /// Lasts until podmon watches: the kubelet starts the workload beside its coming.
  private static final String HEAD_START = "sleep 2; ";

  /// Half a second of CPU time and a peak that nothing before it reaches.
  private static final String WORK =
      HEAD_START
          + "dd if=/dev/zero of=/dev/null bs=48M count=2 2>/dev/null; "
          + Workloads.count(150_000)
          + "; sleep 0.3";

  private static PodmonContainer podmon = PodmonContainer.of("");

  private MeasuredNode node = new MeasuredNode.Local();

  @BeforeAll
  static void giveTheNodesPodmon() throws Exception {
    podmon = PodmonContainer.of(PodmonImages.onTheNodes());
  }

  @BeforeEach
  void findTheNode() {
    node = MeasuredNode.local();
  }

  @Test
  void measuresAsANativeSidecar() throws Exception {
    try (var pod = start(podmon.sidecarOf(OneTimePod.named("sidecar").command(WORK)))) {
      Report report = pod.report();

      pod.holdThatFiguresAreTheKernels(report);
      assertThat(report.annotation(Annotation.REASON)).isEqualTo("Completed");
    }
  }

  @Test
  void measuresAsASecondContainer() throws Exception {
    try (var pod = start(podmon.besideThoseOf(OneTimePod.named("second").command(WORK)))) {
      Report report = pod.report();

      pod.holdThatFiguresAreTheKernels(report);
      assertThat(pod.awaitEnd().getStatus().getPhase()).isIn("Running", "Succeeded");
      assertThat(pod.ended(PodmonContainer.NAME).getExitCode()).isZero();
    }
  }

  @Test
  void figuresOutliveAServoThatIsDeadAllTheWhile() throws Exception {
    STAND.servo().kill();
    try (var pod = start(podmon.sidecarOf(OneTimePod.named("servoless").command(WORK)))) {
      pod.awaitEnd();
      STAND.startServo();

      Report report = pod.report();

      pod.holdThatFiguresAreTheKernels(report);
    }
  }

  @Test
  void countsAChildKilledForMemoryUnderAWorkloadThatCompletes() throws Exception {
    OneTimePod killed =
        OneTimePod.named("child-killed")
            .command(HEAD_START + "dd if=/dev/zero of=/dev/null bs=64M count=1; true")
            .container("resources: {limits: {memory: 32Mi}}");
    try (var pod = start(podmon.sidecarOf(killed))) {
      Report report = pod.report();

      pod.holdThatFiguresAreTheKernels(report);
      assertThat(report.annotation(Annotation.REASON)).isEqualTo("Completed");
      if (!MeasuredPod.isSampled(report)) {
        assertThat(report.annotation(Annotation.OOM_KILLS)).isEqualTo("1");
      }
    }
  }

  @Test
  void measuresAWorkloadThatIsKilledForMemory() throws Exception {
    OneTimePod killed =
        OneTimePod.named("killed")
            .command(HEAD_START + "exec dd if=/dev/zero of=/dev/null bs=64M count=1")
            .container("resources: {limits: {memory: 32Mi}}");
    try (var pod = start(podmon.sidecarOf(killed))) {
      Report report = pod.report();

      pod.holdThatFiguresCame(report);
      assertThat(report.annotation(Annotation.REASON)).isEqualTo("OOMKilled");
      if (!MeasuredPod.isSampled(report)) {
        assertThat(report.annotation(Annotation.OOM_KILLS)).isEqualTo("1");
        assertThat(report.metric(Metric.MAX_MEMORY)).isEqualTo(32.0 * (1 << 20));
      }
    }
  }

  @Test
  void addsUpContainersWithoutInitContainers() throws Exception {
    OneTimePod two =
        OneTimePod.named("two")
            .command("sleep 4; " + Workloads.count(150_000))
            .beside("side", HEAD_START + Workloads.count(75_000));
    String early = Workloads.container("early", Workloads.count(150_000));
    try (var pod = start(podmon.sidecarOf(two, early))) {
      Report report = pod.report();

      pod.holdThatFiguresCame(report);
      // The run ends with its workload: what the other container has used by then is in it.
      PodmonReport message = pod.message();
      GroupReading main = pod.counted(OneTimePod.MAIN);
      GroupReading side = pod.counted("side");
      boolean isExact = !MeasuredPod.isSampled(report) && main.last() && side.last();
      Percentage within = withinPercentage(isExact ? 1 : 25);
      assertThat(message.containers())
          .extracting(ContainerFigures::id)
          .containsExactlyInAnyOrder(pod.containerId(OneTimePod.MAIN), pod.containerId("side"));
      assertThat(cpuSeconds(message, pod.containerId(OneTimePod.MAIN)))
          .isCloseTo(main.cpuNanos() / 1e9, within);
      assertThat(cpuSeconds(message, pod.containerId("side")))
          .isCloseTo(side.cpuNanos() / 1e9, within);
      assertThat(report.metric(Metric.CPU_TIME))
          .isCloseTo((main.cpuNanos() + side.cpuNanos()) / 1e9, within);
    }
  }

  @Test
  void measuresAPodThatIsDeletedWhileItRuns() throws Exception {
    OneTimePod deleted =
        OneTimePod.named("deleted")
            .command("trap 'exit 3' TERM; " + WORK + "; touch /ready; sleep 100 & wait")
            .spec("terminationGracePeriodSeconds: 20")
            .container("readinessProbe: {exec: {command: [test, -e, /ready]}, periodSeconds: 1}");
    try (var pod = start(podmon.sidecarOf(deleted))) {
      pod.awaitReady();
      STAND.namespace().deletePod("deleted", Duration.ofSeconds(20));

      Report report = pod.report();

      pod.holdThatFiguresAreTheKernels(report);
      assertThat(report.annotation(Annotation.EXITCODE)).isEqualTo("3");
    }
  }

  /// One that is over before podmon watches has left its time in the pod's, and its start and end
  /// with the kubelet only.
  @Test
  void measuresAPodOfATenthOfASecond() throws Exception {
    try (var pod = start(podmon.sidecarOf(OneTimePod.named("short").command("sleep 0.1")))) {
      Report report = pod.report();

      assertThat(report.annotation(Annotation.STATS)).isEqualTo("message");
      double counted = pod.counted(OneTimePod.MAIN).cpuNanos() / 1e9;
      assertThat(report.metric(Metric.CPU_TIME)).isBetween(0.99 * counted, counted + 0.05);
      if (report.annotation(Annotation.TIMES).equals("podmon")) {
        pod.holdThatFiguresAreTheKernels(report);
        assertThat(report.duration()).isBetween(Duration.ofMillis(100), Duration.ofSeconds(1));
      }
    }
  }

  @Test
  void measuresOnTheHostsNetworkWithoutAToken() throws Exception {
    OneTimePod bare =
        OneTimePod.named("bare")
            .command(WORK)
            .spec("hostNetwork: true", "automountServiceAccountToken: false");
    try (var pod = start(podmon.sidecarOf(bare))) {
      pod.holdThatFiguresAreTheKernels(pod.report());
    }
  }

  @Test
  void leavesABestEffortPodBestEffort() throws Exception {
    try (var pod = start(podmon.sidecarOf(OneTimePod.named("best-effort").command(WORK)))) {
      Pod running = pod.awaitRunning();

      assertThat(running.getStatus().getQosClass()).isEqualTo("BestEffort");
      pod.holdThatFiguresAreTheKernels(pod.report());
    }
  }

  /// The kubelet starts it again, and it counts the workload from its beginning.
  @Test
  void measuresOnAfterItWasKilled() throws Exception {
    String work = Workloads.count(150_000) + "; sleep 8; " + Workloads.count(150_000);
    try (var pod = start(podmon.sidecarOf(OneTimePod.named("monitor-killed").command(work)))) {
      String killed = containerId(pod.awaitRunning(), PodmonContainer.NAME);
      pod.killContainer(killed);

      Report report = pod.report();

      pod.holdThatFiguresAreTheKernels(report);
      assertThat(containerId(pod.awaitEnd(), PodmonContainer.NAME)).isNotEqualTo(killed);
    }
  }

  /// Nobody starts it again: what it had seen by then is not what was used.
  @Test
  void doesNotCountWhatItHadSeenWhenItWasKilledForGood() throws Exception {
    OneTimePod pod = OneTimePod.named("second-killed").command("sleep 6");
    try (var measured = start(podmon.besideThoseOf(pod))) {
      Pod running = measured.awaitRunning(PodmonContainer.NAME);
      measured.killContainer(containerId(running, PodmonContainer.NAME));

      Report report = measured.report();

      assertThat(report.annotation(Annotation.STATS)).isEqualTo("none");
      assertThat(report.annotation(Annotation.TIMES)).isEqualTo("kubelet");
    }
  }

  private static String containerId(Pod pod, String container) {
    return MeasuredPod.statuses(pod)
        .filter(status -> status.getName().equals(container))
        .map(status -> status.getContainerID())
        .map(id -> id.substring(id.lastIndexOf('/') + 1))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void leavesAGuaranteedPodGuaranteed() throws Exception {
    OneTimePod guaranteed =
        OneTimePod.named("guaranteed")
            .command(WORK)
            .container("resources: {limits: {cpu: 500m, memory: 96Mi}}");
    PodmonContainer limited = podmon.resources("{limits: {cpu: 200m, memory: 48Mi}}");
    try (var pod = start(limited.sidecarOf(guaranteed))) {
      Pod running = pod.awaitRunning();

      assertThat(running.getStatus().getQosClass()).isEqualTo("Guaranteed");
      pod.holdThatFiguresAreTheKernels(pod.report());
    }
  }

  private MeasuredPod start(OneTimePod pod) {
    return MeasuredPod.start(STAND, node, pod);
  }

  private static double cpuSeconds(PodmonReport report, String containerId) {
    return report.containers().stream()
            .filter(container -> container.id().equals(containerId))
            .map(container -> container.figures().cpuTime().orElseThrow())
            .findFirst()
            .orElseThrow()
            .toNanos()
        / 1e9;
  }
}
