package io.multijob.sandbox.run.pod;

/// The node that pods run on: this machine.
///
/// @param address its own, and as no pod has a network of its own, every pod's too
/// @param memoryBytes all of the machine's memory
public record Node(String name, String address, int cores, long memoryBytes) {}
