package io.multijob.optune.store;

import java.time.Duration;
import java.time.Instant;

/// How long one roll-up covers. Hours and days are UTC's.
enum Span {
  HOUR(Duration.ofHours(1)),
  DAY(Duration.ofDays(1)),

  /// All time: one roll-up that starts in 1970.
  EVER(Duration.ZERO);

  private final Duration length;

  Span(Duration length) {
    this.length = length;
  }

  /// Zero for [#EVER].
  Duration length() {
    return length;
  }

  /// The start of the roll-up in which the moment falls.
  Instant startOf(Instant moment) {
    return this == EVER
        ? Instant.EPOCH
        : Instant.ofEpochSecond(
            Math.floorDiv(moment.getEpochSecond(), length.toSeconds()) * length.toSeconds());
  }
}
