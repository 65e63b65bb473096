package io.multijob.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.multijob.e2e.cluster.Machines;
import io.multijob.e2e.service.Report;
import io.multijob.protocol.Annotation;
import io.multijob.protocol.Metric;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Podmon in real pods, on the emulated node with cgroup v2 and the systemd driver.
@Timeout(900)
final class PodmonV2E2E {
  @RegisterExtension static final Stand STAND = Stand.watchingOneNamespace("podmon-v2");

  /// Lasts until podmon watches, on a machine so slow.
  private static final String HEAD_START = "sleep 30; ";

  private static final String WORK =
      HEAD_START
          + "dd if=/dev/zero of=/dev/null bs=48M count=1 2>/dev/null; "
          + Workloads.count(10_000)
          + "; sleep 0.3";

  private static PodmonContainer podmon = PodmonContainer.of("");
  private static MeasuredNode node = new MeasuredNode.Local();

  @BeforeAll
  static void giveTheNodePodmon() throws Exception {
    node = MeasuredNode.v2();
    podmon = PodmonContainer.of(PodmonImages.onTheNodes());
  }

  @Test
  void measuresAsANativeSidecar() throws Exception {
    try (var pod = start(podmon.sidecarOf(OneTimePod.named("sidecar").command(WORK)))) {
      Report report = pod.report();

      pod.holdThatFiguresAreTheKernels(report);
      assertThat(report.annotation(Annotation.REASON)).as("%s", report).isEqualTo("Completed");
    }
  }

  @Test
  void measuresAsASecondContainer() throws Exception {
    try (var pod = start(podmon.besideThoseOf(OneTimePod.named("second").command(WORK)))) {
      pod.holdThatFiguresAreTheKernels(pod.report());
    }
  }

  /// A kubelet lets the kernel kill all of a container at once on v2, unless it is set to
  /// `singleProcessOOMKill`; the test sets the group as that does.
  @Test
  void countsAChildKilledForMemoryUnderAWorkloadThatCompletes() throws Exception {
    OneTimePod killed =
        OneTimePod.named("child-killed")
            .command(HEAD_START + "dd if=/dev/zero of=/dev/null bs=64M count=1; true")
            .container("resources: {limits: {memory: 32Mi}}");
    try (var pod = start(podmon.sidecarOf(killed))) {
      pod.awaitRunning();
      killSingleProcessesOf(pod.uid());

      Report report = pod.report();

      pod.holdThatFiguresAreTheKernels(report);
      assertThat(report.annotation(Annotation.REASON)).as("%s", report).isEqualTo("Completed");
      assertThat(report.annotation(Annotation.OOM_KILLS)).isEqualTo("1");
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
      assertThat(report.annotation(Annotation.REASON)).as("%s", report).isEqualTo("OOMKilled");
      // Where all of a group is killed, the kernel may count the first twice.
      assertThat(report.annotation(Annotation.OOM_KILLS)).isIn("1", "2");
      if (!MeasuredPod.isSampled(report)) {
        assertThat(report.metric(Metric.MAX_MEMORY)).isEqualTo(32.0 * (1 << 20));
      }
    }
  }

  private static void killSingleProcessesOf(String uid) throws Exception {
    Machines machines = Machines.ofEnvironment().orElse(null);
    assumeTrue(machines != null, "the node is not ours");
    machines.onV2Node(
        """
        for file in /sys/fs/cgroup/kubepods.slice/*/kubepods-*pod%s.slice/*/memory.oom.group; do
          echo 0 >$file
        done
        """
            .formatted(uid.replace('-', '_')));
  }

  private static MeasuredPod start(OneTimePod pod) {
    return MeasuredPod.start(STAND, node, pod);
  }
}
