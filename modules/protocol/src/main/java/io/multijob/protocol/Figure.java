package io.multijob.protocol;

/// What podmon counts, of a pod or of one of its containers.
public enum Figure {
  /// CPU time in nanoseconds, summed over cores.
  CPU_TIME("cpu_time", Long.MAX_VALUE),
  /// Peak memory in bytes, page cache included.
  MAX_USAGE("max_usage", Figures.MOST_BYTES),
  /// The part of the CPU time in user mode, in nanoseconds.
  USER("user_ns", Long.MAX_VALUE),
  /// The part of the CPU time in the kernel, in nanoseconds.
  SYSTEM("system_ns", Long.MAX_VALUE),
  /// How long it was kept from running by its CPU limit, in nanoseconds.
  THROTTLED("throttled_ns", Long.MAX_VALUE),
  /// How many processes the kernel killed for lack of memory.
  OOM_KILLS("oom_kills", Integer.MAX_VALUE),
  /// The workload's start, in nanoseconds since the epoch.
  STARTED("started_ns", Long.MAX_VALUE),
  /// The workload's end, in nanoseconds since the epoch.
  FINISHED("finished_ns", Long.MAX_VALUE),
  /// Podmon's own CPU time in nanoseconds, taken out of the pod's already.
  PODMON_CPU("podmon_cpu_ns", Long.MAX_VALUE),
  /// Podmon's own memory in bytes, still in the pod's peak.
  PODMON_MEMORY("podmon_bytes", Figures.MOST_BYTES);

  private final String wire;
  private final long max;

  Figure(String wire, long max) {
    this.wire = wire;
    this.max = max;
  }

  /// The figure's name in JSON.
  public String wire() {
    return wire;
  }

  /// The most it can be; the least is 0.
  public long max() {
    return max;
  }
}
