package io.multijob.podmon;

import io.multijob.cgroup.Figure;
import io.multijob.cgroup.Reading;
import io.multijob.podmon.PodReport.ContainerReport;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/// Works out what a pod's containers have used, from the pod's figures at podmon's start and at the
/// workload's end and from the containers' own.
///
/// @param atStart the pod when podmon came: what is used up by then, by init containers and the
///   making of the pod, does not count
/// @param latest the pod at the workload's end
/// @param containers those that are reported
/// @param rest the others beside podmon, pause most of all: what they have used by now
record Ledger(
    PodReading atStart, PodReading latest, List<ContainerReport> containers, Reading rest) {

  Ledger {
    containers = List.copyOf(containers);
  }

  Reading used() {
    Map<Figure, Long> used = new EnumMap<>(Figure.class);
    for (Figure figure : List.of(Figure.CPU_NANOS, Figure.USER_NANOS, Figure.SYSTEM_NANOS)) {
      if (latest.pod().find(figure).isPresent()) {
        used.put(figure, time(figure));
      }
    }
    count(Figure.THROTTLED_NANOS).ifPresent(value -> used.put(Figure.THROTTLED_NANOS, value));
    count(Figure.OOM_KILLS)
        .ifPresent(value -> {
          if (value > 0 || isWhole(Figure.OOM_KILLS)) {
            used.put(Figure.OOM_KILLS, value);
          }
        });
    peak().ifPresent(value -> used.put(Figure.PEAK_BYTES, value));
    return new Reading(used);
  }

  /// The pod's time keeps that of every group that is gone. What the containers had used that were
  /// there when podmon came, and are the workload after all, is given back to them.
  private long time(Figure figure) {
    long found =
        containers.stream().mapToLong(report -> report.container().before().orZero(figure)).sum();
    return Math.max(0, latest.others(figure) - atStart.others(figure) + found);
  }

  /// Kills and throttling: v1 counts them in the group where they happen and not above it, v2
  /// counts kills above it too. So the pod's own count and the containers' sum overlap or exclude
  /// each other, and the greater is what happened.
  private OptionalLong count(Figure figure) {
    OptionalLong pod = latest.pod().minus(atStart.pod()).find(figure);
    List<Reading> known =
        containers.stream()
            .map(ContainerReport::used)
            .filter(used -> used.find(figure).isPresent())
            .toList();
    if (pod.isEmpty() && known.isEmpty()) {
      return OptionalLong.empty();
    }
    long sum = known.stream().mapToLong(used -> used.orZero(figure)).sum();
    return OptionalLong.of(Math.max(pod.orElse(0), sum));
  }

  /// The most memory that the containers can have held at one time. The pod's own peak counts
  /// podmon in, and whatever came before it, and cannot be reset; the sum of the peaks of the
  /// containers that ran at the same time counts neither. Both are upper bounds, so the lower one
  /// holds; for one container at a time it is exact.
  ///
  /// Where a container's peak is only that of a look before its end, the pod's without those of
  /// podmon and pause is another lower bound, and the higher one is said.
  private OptionalLong peak() {
    OptionalLong pod = latest.pod().find(Figure.PEAK_BYTES);
    long together =
        containers.stream().mapToLong(report -> heldAt(report.container().since())).max().orElse(0);
    long known = isPeakWhole() ? together : Math.max(together, grown());
    if (containers.isEmpty() || known == 0) {
      return pod;
    }
    return OptionalLong.of(Math.min(pod.orElse(Long.MAX_VALUE), known));
  }

  /// Whether the kernel's last word on every container's peak has been read.
  boolean isPeakWhole() {
    return isWhole(Figure.PEAK_BYTES);
  }

  private boolean isWhole(Figure figure) {
    return containers.stream()
        .allMatch(report ->
            switch (report.container().phase()) {
              case Phase.Ended(_, _, Reading atEnd) -> atEnd.find(figure).isPresent();
              case Phase.Made _, Phase.Running _ -> report.used().find(figure).isPresent();
            });
  }

  /// What the containers held at least at one time since podmon came; 0 where that cannot be told
  /// from what was before.
  private long grown() {
    boolean hasGrown =
        latest.pod().orZero(Figure.PEAK_BYTES) > atStart.pod().orZero(Figure.PEAK_BYTES);
    long others = latest.others(Figure.PEAK_BYTES) - rest.orZero(Figure.PEAK_BYTES);
    return hasGrown ? Math.max(0, others) : 0;
  }

  private long heldAt(Instant time) {
    return containers.stream()
        .filter(report -> report.container().ranAt(time))
        .mapToLong(report -> report.used().orZero(Figure.PEAK_BYTES))
        .sum();
  }
}
