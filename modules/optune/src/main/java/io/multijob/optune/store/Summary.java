package io.multijob.optune.store;

/// What some runs cost together.
///
/// @param runs how many there were
/// @param failures how many of them failed
/// @param duration in seconds
/// @param cpuTime in seconds
/// @param peakMemory in bytes
public record Summary(
    long runs, long failures, Spread duration, Spread cpuTime, Spread peakMemory) {}
