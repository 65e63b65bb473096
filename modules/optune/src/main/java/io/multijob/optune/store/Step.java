package io.multijob.optune.store;

import java.time.Instant;

/// One hour or day of history in which something ran.
public record Step(Instant start, Summary summary) {}
