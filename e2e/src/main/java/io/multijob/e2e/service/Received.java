package io.multijob.e2e.service;

import io.multijob.protocol.Event;
import java.time.Instant;

/// A request to the service.
///
/// @param at when it was there, whole
/// @param nanos the same as [System#nanoTime()]
/// @param appId the app id in its path
/// @param key the idempotency key; empty when there was none
public record Received(Instant at, long nanos, String appId, String key, Event event) {}
