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
record Ledger(PodReading atStart, PodReading latest, List<ContainerReport> containers) {

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
    for (Figure figure : List.of(Figure.THROTTLED_NANOS, Figure.OOM_KILLS)) {
      count(figure).ifPresent(value -> used.put(figure, value));
    }
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
  private OptionalLong peak() {
    OptionalLong pod = latest.pod().find(Figure.PEAK_BYTES);
    if (containers.isEmpty() || containers.stream().anyMatch(report -> peak(report).isEmpty())) {
      return pod;
    }
    long together =
        containers.stream().mapToLong(report -> heldAt(report.container().since())).max().orElse(0);
    return OptionalLong.of(Math.min(pod.orElse(Long.MAX_VALUE), together));
  }

  private long heldAt(Instant time) {
    return containers.stream()
        .filter(report -> report.container().ranAt(time))
        .mapToLong(report -> report.used().orZero(Figure.PEAK_BYTES))
        .sum();
  }

  private static OptionalLong peak(ContainerReport report) {
    return report.used().find(Figure.PEAK_BYTES);
  }
}
