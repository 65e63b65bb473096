package io.multijob.e2e.chaos.ledger;

import java.time.Instant;

/// A report that the service has taken.
///
/// @param uid the pod that it is of
/// @param key its idempotency key; empty when there was none
/// @param digest of its content: two reports of the same content have the same
public record Arrival(String uid, String key, int digest, Instant at) {}
