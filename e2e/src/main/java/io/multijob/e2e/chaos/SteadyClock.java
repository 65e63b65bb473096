package io.multijob.e2e.chaos;

import java.time.Instant;
import java.time.InstantSource;

/// A clock that is never set while the trial goes on: the time of its start, and what has passed
/// since. Thread-safe.
final class SteadyClock implements InstantSource {
  private final Instant start = Instant.now();
  private final long startNanos = System.nanoTime();

  @Override
  public Instant instant() {
    return start.plusNanos(System.nanoTime() - startNanos);
  }
}
