package io.multijob.e2e.chaos.ledger;

import java.time.Instant;

/// The reports of one run that the service has taken.
///
/// @param first the one that it counts
/// @param again how often the same came again under the same key: a delivery whose answer was lost,
///   or that of a servo without memory. A service that counts by key does not count it
/// @param amended how many of these had another content
/// @param other how many came under another key, so that the run was counted once more
record Reports(Arrival first, int again, int amended, int other) {

  static Reports first(Arrival arrival) {
    return new Reports(arrival, 0, 0, 0);
  }

  Reports and(Arrival next) {
    if (!next.key().equals(first.key())) {
      return new Reports(first, again, amended, other + 1);
    }
    int differing = next.digest() == first.digest() ? 0 : 1;
    return new Reports(first, again + 1, amended + differing, other);
  }

  Instant firstAt() {
    return first.at();
  }

  /// Whether a service that counts by key, the run's id, takes the first for this run's.
  boolean keyed() {
    return first.key().equals(first.uid());
  }
}
