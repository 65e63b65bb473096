package io.multijob.podmon;

import io.multijob.cgroup.Reading;
import java.util.List;

/// What is reported of a pod (PROTOCOL.md 2).
///
/// @param podUid the pod's uid
/// @param used of all its containers without podmon, from podmon's start to the workload's end
/// @param podmon podmon's own share
/// @param source where the figures come from
/// @param peakSampled whether the peak is the highest of some looks and not the kernel's last word
/// @param containers the containers that ran, in the order of their start; the first is the
///   workload
record PodReport(
    String podUid,
    Reading used,
    Reading podmon,
    Source source,
    boolean peakSampled,
    List<ContainerReport> containers) {

  PodReport {
    containers = List.copyOf(containers);
  }

  /// Which kernel interface the figures are from.
  enum Source {
    CGROUP_V1("cgroup-v1"),
    CGROUP_V2("cgroup-v2");

    private final String wireName;

    Source(String wireName) {
      this.wireName = wireName;
    }

    String wireName() {
      return wireName;
    }
  }

  /// What is reported of one container.
  ///
  /// @param used its last figures if it has ended, those of now if it still runs; what went with
  ///   its group before it could be read is from the last look before its end
  record ContainerReport(Container container, Reading used) {}
}
