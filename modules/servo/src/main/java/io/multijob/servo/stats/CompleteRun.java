package io.multijob.servo.stats;

import io.multijob.protocol.PodmonReport;
import io.multijob.protocol.ProtocolException;
import io.multijob.servo.measurement.Run;
import io.multijob.servo.measurement.RunStats;
import io.multijob.servo.pod.ContainerState;
import io.multijob.servo.pod.ContainerStatus;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A run to which nothing more will come.
///
/// @param posted what podmon posted; empty or one
/// @param sampled what its node had sampled; empty or one
/// @param lateness whether something was still hoped for
record CompleteRun(
    EndedRun ended, List<PodmonReport> posted, List<Sample> sampled, Lateness lateness) {
  private static final Logger LOG = LoggerFactory.getLogger(CompleteRun.class);

  /// Why a run counts as complete.
  enum Lateness {
    ALL_CAME,
    DEADLINE_PASSED
  }

  String id() {
    return ended.pod().uid();
  }

  /// The run as it is reported. Podmon's message counts before what was posted, and that before
  /// what was sampled.
  Run run(RunListener listener) {
    if (lateness == Lateness.DEADLINE_PASSED && sampled.isEmpty()) {
      LOG.atWarn().addKeyValue("pod", ended.pod().identity().ref()).log("Statistics are overdue");
      listener.overdue(ended.pod());
    }
    Optional<RunStats> stats =
        message(listener)
            .<RunStats>map(report -> new RunStats.Counted(report, RunStats.Way.MESSAGE))
            .or(() ->
                posted.stream()
                    .findFirst()
                    .<RunStats>map(report -> new RunStats.Counted(report, RunStats.Way.POSTED)))
            .or(() ->
                sampled.stream()
                    .findFirst()
                    .map(sample -> new RunStats.Sampled(sample.figures(), sample.at())));
    return new Run(ended.pod(), ended.end(), stats.orElseGet(RunStats.Nothing::new));
  }

  private Optional<PodmonReport> message(RunListener listener) {
    if (!(ended.pod().monitor().map(ContainerStatus::state).orElse(null)
            instanceof ContainerState.Terminated monitor)
        || monitor.message().isBlank()) {
      return Optional.empty();
    }
    try {
      PodmonReport report = PodmonReport.parse(monitor.message());
      if (!report.id().equals(id())) {
        return unreadable("it is of another pod, " + report.id(), listener);
      }
      return isCutOff(monitor, report)
          ? unreadable("podmon was killed before the workload's end", listener)
          : Optional.of(report);
    } catch (ProtocolException e) {
      return unreadable(String.valueOf(e.getMessage()), listener);
    }
  }

  private Optional<PodmonReport> unreadable(String problem, RunListener listener) {
    LOG.atWarn()
        .addKeyValue("pod", ended.pod().identity().ref())
        .addKeyValue("reason", problem)
        .log("Podmon's message cannot be used, the run is reported without it");
    listener.unreadable(ended.pod(), problem);
    return Optional.empty();
  }

  /// Podmon says what it knows as soon as it knows it, and exits 0. What it had said when it was
  /// killed is of the beginning only, unless the workload had ended by then.
  private static boolean isCutOff(ContainerState.Terminated monitor, PodmonReport report) {
    return monitor.exit() != 0 && report.pod().finished().isEmpty();
  }
}
