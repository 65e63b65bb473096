package io.multijob.optune.store;

import io.multijob.optune.run.AppKey;
import io.multijob.optune.run.Ending;
import java.time.Instant;

/// A run as it is read from the store.
///
/// @param number its place in the order of arrival, from 1; later runs have greater ones
/// @param duplicates how often it was reported again
/// @param document the report as it came, JSON
public record StoredRun(
    long number,
    String id,
    AppKey app,
    Instant received,
    Ending ending,
    int duplicates,
    String document) {}
