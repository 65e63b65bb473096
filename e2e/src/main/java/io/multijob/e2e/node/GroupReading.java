package io.multijob.e2e.node;

/// What the kernel had counted of a container's group when its last process had gone.
///
/// @param cpuNanos CPU time of all its processes
/// @param peakBytes the most memory it held at one time
/// @param oomKills processes killed for want of memory
public record GroupReading(long cpuNanos, long peakBytes, long oomKills) {}
