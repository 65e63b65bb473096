package io.multijob.e2e.chaos.ledger;

import java.time.Instant;

/// A time in which the service did not take what it was told at once.
public record Disturbance(Instant from, Instant to) {}
