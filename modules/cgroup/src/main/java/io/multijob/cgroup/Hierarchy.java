package io.multijob.cgroup;

/// The trees in which a group can lie, as far as they matter here.
public enum Hierarchy {
  /// v1 `cpu`: throttling.
  CPU,
  /// v1 `cpuacct`: CPU time. Often the same mount as [#CPU].
  CPUACCT,
  /// v1 `memory`: peak and OOM kills.
  MEMORY,
  /// The one tree of v2, with everything; beside v1 (the hybrid) only CPU time and events.
  UNIFIED
}
