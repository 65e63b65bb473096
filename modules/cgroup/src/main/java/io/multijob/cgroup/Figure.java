package io.multijob.cgroup;

/// One thing that the kernel counts for a group. The unit is in the name.
public enum Figure {
  /// CPU time of all its processes and of those that have ended, with the groups below.
  CPU_NANOS,
  /// The part of [#CPU_NANOS] spent in user mode; on v1 in steps of 10 ms.
  USER_NANOS,
  /// The part of [#CPU_NANOS] spent in the kernel; on v1 in steps of 10 ms.
  SYSTEM_NANOS,
  /// How long this group was held back by its own CPU limit, without the groups below.
  THROTTLED_NANOS,
  /// The most memory held at one time, page cache included, with the groups below.
  PEAK_BYTES,
  /// The memory held now; read only where the kernel keeps no peak (v2 before Linux 5.19).
  HELD_BYTES,
  /// Processes killed for want of memory. With the groups below on v2, without them on v1.
  OOM_KILLS
}
