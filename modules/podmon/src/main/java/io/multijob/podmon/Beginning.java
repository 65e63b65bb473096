package io.multijob.podmon;

/// From where a pod's time is counted.
enum Beginning {
  /// From podmon's start, as it is with a native sidecar: init containers do not count.
  OURS,
  /// From the pod's own, for a workload that was over before podmon came; init containers count in.
  THE_PODS
}
