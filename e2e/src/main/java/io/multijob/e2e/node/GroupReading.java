package io.multijob.e2e.node;

/// What the kernel had counted of a container's group when it was read last.
///
/// @param cpuNanos CPU time of all its processes
/// @param peakBytes the most memory it held at one time
/// @param oomKills processes killed for want of memory
/// @param last whether no process was in the group any more
public record GroupReading(long cpuNanos, long peakBytes, long oomKills, boolean last) {}
