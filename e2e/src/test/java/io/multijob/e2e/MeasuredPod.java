package io.multijob.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.multijob.e2e.node.GroupReading;
import io.multijob.e2e.node.LocalGroups;
import io.multijob.e2e.node.PodGroups;
import io.multijob.e2e.service.Report;
import io.multijob.protocol.Annotation;
import io.multijob.protocol.Metric;
import io.multijob.protocol.PodmonReport;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;

/// A pod with podmon in it, followed on its node from its creation on.
final class MeasuredPod implements AutoCloseable {
  private static final Duration LATENESS = Duration.ofMillis(100);

  private final Stand stand;
  private final MeasuredNode node;
  private final String uid;
  private final PodGroups groups;

  private MeasuredPod(Stand stand, MeasuredNode node, String uid) {
    this.stand = stand;
    this.node = node;
    this.uid = uid;
    this.groups = node.follow(uid);
  }

  /// Creates it.
  static MeasuredPod start(Stand stand, MeasuredNode node, OneTimePod pod) {
    return new MeasuredPod(stand, node, stand.create(node.place(pod)));
  }

  String uid() {
    return uid;
  }

  /// Waits until its workload says that it is ready.
  void awaitReady() throws Exception {
    stand
        .witness()
        .await(
            uid,
            "to be ready",
            node.patience(),
            pod ->
                pod.getStatus().getContainerStatuses().stream()
                    .anyMatch(
                        status -> status.getName().equals(OneTimePod.MAIN) && status.getReady()));
  }

  /// Waits until its workload runs.
  Pod awaitRunning() throws Exception {
    return awaitRunning(OneTimePod.MAIN);
  }

  /// Waits until that container runs.
  Pod awaitRunning(String container) throws Exception {
    return stand
        .witness()
        .await(
            uid,
            "to run " + container,
            node.patience(),
            pod ->
                statuses(pod)
                    .anyMatch(status ->
                        status.getName().equals(container)
                            && status.getState().getRunning() != null));
  }

  /// Kills the processes of a container, on this machine.
  void killContainer(String containerId) throws Exception {
    if (!(groups instanceof LocalGroups local)) {
      throw new IllegalStateException("not on this machine");
    }
    local.kill(containerId);
  }

  /// Waits for its end.
  ///
  /// @return as it was then, podmon's container ended as well
  Pod awaitEnd() throws Exception {
    return stand
        .witness()
        .await(
            uid,
            "to have ended with all its containers",
            node.patience(),
            pod ->
                statuses(pod).allMatch(status -> status.getState().getTerminated() != null)
                    && statuses(pod).findAny().isPresent());
  }

  /// The report of its run, its only one.
  Report report() throws Exception {
    Report report = stand.service().awaitReportOf(uid, node.patience());
    assertThat(stand.service().reportsOf(uid)).hasSize(1);
    return report;
  }

  /// What podmon said at its end.
  PodmonReport message() throws Exception {
    return PodmonReport.parse(ended(PodmonContainer.NAME).getMessage());
  }

  /// What the kernel counted of that container.
  GroupReading counted(String container) throws Exception {
    return groups.finalReadingOf(containerId(container));
  }

  /// The runtime's id of that container, without the runtime's name.
  String containerId(String container) throws Exception {
    String id = ended(container).getContainerID();
    return id.substring(id.lastIndexOf('/') + 1);
  }

  /// What the kubelet says of that container's end.
  ContainerStateTerminated ended(String container) throws Exception {
    return statuses(awaitEnd())
        .filter(status -> status.getName().equals(container))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no container " + container))
        .getState()
        .getTerminated();
  }

  /// Holds that podmon's figures came by its message and are those of the workload's group: its
  /// time within a hundredth, its peak as well, both as the kernel told them last.
  void holdThatFiguresAreTheKernels(Report report) throws Exception {
    holdThatFiguresCame(report);
    GroupReading counted = counted(OneTimePod.MAIN);
    if (isSampled(report) || !counted.last()) {
      holdThatLooksComeNear(report, counted);
      return;
    }
    assertThat(report.metric(Metric.CPU_TIME))
        .as("CPU time in %s", report)
        .isCloseTo(counted.cpuNanos() / 1e9, withinPercentage(1));
    assertThat(report.metric(Metric.MAX_MEMORY))
        .as("peak in %s", report)
        .isCloseTo((double) counted.peakBytes(), withinPercentage(1));
    assertThat(report.annotation(Annotation.OOM_KILLS))
        .isEqualTo(Long.toString(counted.oomKills()));
  }

  /// Whether the node was so busy that podmon came too late for the group's last word.
  static boolean isSampled(Report report) {
    return report.annotation(Annotation.PEAK).equals("sampled");
  }

  /// The pod's time is exact also then.
  private static void holdThatLooksComeNear(Report report, GroupReading counted) {
    assertThat(report.metric(Metric.CPU_TIME))
        .as("CPU time in %s", report)
        .isGreaterThan(0.99 * counted.cpuNanos() / 1e9);
    assertThat(report.metric(Metric.MAX_MEMORY)).as("peak in %s", report).isPositive();
  }

  /// Holds that the report has podmon's figures, and its times.
  void holdThatFiguresCame(Report report) throws Exception {
    assertThat(report.annotation(Annotation.STATS)).as("%s", report).isEqualTo("message");
    assertThat(report.annotation(Annotation.SOURCE)).isEqualTo(node.source());
    assertThat(report.annotation(Annotation.TIMES)).as("%s", report).isIn(node.clocks());
    holdThatTimesAreTheKubelets(report);
  }

  /// Holds that start and end lie in the kubelet's seconds.
  private void holdThatTimesAreTheKubelets(Report report) throws Exception {
    ContainerStateTerminated told = ended(OneTimePod.MAIN);
    holdThatItIsIn(report.started(), Instant.parse(told.getStartedAt()));
    holdThatItIsIn(report.finished(), Instant.parse(told.getFinishedAt()));
  }

  /// The kubelet cuts fractions off what the runtime noticed: a little after the kernel, or on a
  /// busy node before podmon.
  private void holdThatItIsIn(Instant time, Instant second) {
    assertThat(time).isBetween(second.minus(node.slowness()), second.plusSeconds(1).plus(LATENESS));
  }

  static Stream<ContainerStatus> statuses(Pod pod) {
    return Stream.concat(
        pod.getStatus().getInitContainerStatuses().stream(),
        pod.getStatus().getContainerStatuses().stream());
  }

  @Override
  public void close() {
    groups.close();
  }
}
