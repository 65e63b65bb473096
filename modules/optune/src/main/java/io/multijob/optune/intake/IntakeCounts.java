package io.multijob.optune.intake;

import io.multijob.optune.store.Acceptance;
import java.util.concurrent.atomic.LongAdder;

/// What became of the reports since the start. Thread-safe.
public final class IntakeCounts {
  private final LongAdder stored = new LongAdder();
  private final LongAdder duplicates = new LongAdder();
  private final LongAdder busy = new LongAdder();
  private final LongAdder refused = new LongAdder();

  void count(Acceptance acceptance) {
    switch (acceptance) {
      case STORED -> stored.increment();
      case DUPLICATE -> duplicates.increment();
      case BUSY -> busy.increment();
    }
  }

  void refused() {
    refused.increment();
  }

  public long stored() {
    return stored.sum();
  }

  /// Reports of runs that were there.
  public long duplicates() {
    return duplicates.sum();
  }

  /// Reports that were told to come again.
  public long busy() {
    return busy.sum();
  }

  /// Events that could not be understood.
  public long refusals() {
    return refused.sum();
  }
}
