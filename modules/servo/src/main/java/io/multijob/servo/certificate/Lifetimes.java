package io.multijob.servo.certificate;

import java.time.Duration;

/// How long certificates are good for. Each is renewed when a third of that is left.
///
/// @param authority of those that sign
/// @param leaf of the one that is shown
/// @param backdate how much earlier than now they begin: clocks of machines differ
/// @param overlap how long after a change of authority both are trusted at least: as long as it may
///   take until every replica shows what the new one signed
record Lifetimes(Duration authority, Duration leaf, Duration backdate, Duration overlap) {
  static final Lifetimes DEFAULT =
      new Lifetimes(
          Duration.ofDays(3_652), Duration.ofDays(90), Duration.ofHours(1), Duration.ofHours(1));
}
