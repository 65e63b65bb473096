package io.multijob.servo.measurement;

import io.multijob.protocol.ContainerFigures;
import io.multijob.protocol.PodmonReport;
import io.multijob.servo.pod.ContainerKind;
import io.multijob.servo.pod.ContainerStatus;
import io.multijob.servo.pod.Pod;
import io.multijob.servo.pod.RunEnd.Exit;
import java.util.List;
import java.util.OptionalLong;

/// Why a run ended, in one word as Kubernetes has it.
final class RunReason {
  private static final String ERROR = "Error";
  private static final String OUT_OF_MEMORY = "OOMKilled";

  /// Of a workload that was ended by SIGKILL.
  private static final Exit KILLED = new Exit.Exited(128 + 9);

  private RunReason() {}

  /// What the cluster says; but where the kubelet has only seen that the workload was killed, and
  /// the kernel counted that it killed for want of memory, that is it: on cgroup v2 the runtime may
  /// hear of the end before it hears of its reason.
  static String of(Run run) {
    String said = run.end().cause().reason();
    return said.equals(ERROR) && run.end().exit().equals(KILLED) && isOutOfMemory(run)
        ? OUT_OF_MEMORY
        : said;
  }

  private static boolean isOutOfMemory(Run run) {
    return switch (run.stats()) {
      case RunStats.Nothing nothing -> false;
      case RunStats.Sampled sampled -> false;
      case RunStats.Counted(PodmonReport report, var way) -> kills(run.pod(), report) > 0;
    };
  }

  /// How many processes of the workload the kernel killed: the whole pod's where it has no other
  /// container.
  private static long kills(Pod pod, PodmonReport report) {
    List<ContainerStatus> containers =
        pod.status().containers().stream()
            .filter(container -> container.kind() == ContainerKind.REGULAR)
            .filter(container -> !container.name().equals(Pod.MONITOR))
            .toList();
    OptionalLong own =
        containers.stream()
            .filter(container -> container.name().equals(pod.app().workload().name()))
            .flatMap(workload -> report.containers().stream().filter(each -> isOf(each, workload)))
            .map(ContainerFigures::figures)
            .flatMapToLong(figures -> figures.oomKills().stream())
            .findFirst();
    long ofPod = containers.size() == 1 ? report.pod().oomKills().orElse(0) : 0;
    return own.orElse(ofPod);
  }

  private static boolean isOf(ContainerFigures figures, ContainerStatus container) {
    return figures.id().equals(container.bareId());
  }
}
