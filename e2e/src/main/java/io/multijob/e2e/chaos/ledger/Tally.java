package io.multijob.e2e.chaos.ledger;

/// How far the trial has come.
///
/// @param ended pods whose end is written, or that were deleted before
/// @param reported runs of which the service has at least one report
/// @param again reports that came once more under the same key
public record Tally(long created, long ended, long deleted, long reported, long again) {}
