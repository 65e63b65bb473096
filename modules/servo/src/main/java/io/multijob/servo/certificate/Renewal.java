package io.multijob.servo.certificate;

import java.time.Instant;
import java.util.Optional;

/// What is to be done about a key set: pure. Asked again after each step until nothing is.
final class Renewal {
  private final Lifetimes lifetimes;

  /// One step.
  enum Step {
    /// All is well.
    KEEP,
    /// There is nothing to go on with: a new authority and a new leaf.
    BEGIN,
    /// The authority ages: another signs from now on, and both are trusted.
    ADD_AUTHORITY,
    /// The leaf ages, or is good for other names.
    RENEW_LEAF,
    /// Nothing that the earlier authorities signed is shown any more.
    FORGET_RETIRING
  }

  Renewal(Lifetimes lifetimes) {
    this.lifetimes = lifetimes;
  }

  Step next(Optional<KeySet> kept, ServerNames names, Instant now) {
    if (kept.isEmpty() || !kept.get().authority().holds(now)) {
      return Step.BEGIN;
    }
    KeySet keys = kept.get();
    if (keys.authority().ages(now)) {
      return Step.ADD_AUTHORITY;
    }
    if (leafIsUseless(keys, names, now)) {
      return Step.RENEW_LEAF;
    }
    boolean signedByOurs = keys.leaf().isSignedBy(keys.authority().certificate());
    if (keys.leaf().ages(now) && (signedByOurs || isKnown(keys.authority(), now))) {
      return Step.RENEW_LEAF;
    }
    if (!keys.retiring().isEmpty() && signedByOurs && isKnown(keys.leaf(), now)) {
      return Step.FORGET_RETIRING;
    }
    return Step.KEEP;
  }

  private static boolean leafIsUseless(KeySet keys, ServerNames names, Instant now) {
    return !keys.leaf().holds(now) || !ServerNames.of(keys.leaf().certificate()).equals(names);
  }

  /// Whether it is there for so long that every replica and the API server know it.
  private boolean isKnown(CertifiedKey made, Instant now) {
    Instant since = made.begins().plus(lifetimes.backdate());
    return !now.isBefore(since.plus(lifetimes.overlap()));
  }
}
