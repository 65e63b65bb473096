package io.multijob.servo.restraint;

import java.time.Instant;

/// Something that is withheld.
///
/// @param reason what harm was seen, for a person
/// @param about where it was seen: an owner whose pods are refused, or a pod that waits
/// @param since when it was withheld, by our clock
/// @param until when it is tried again, unless the harm is seen again before
public record Restraint(
    Change change, Reach reach, String reason, ObjectRef about, Instant since, Instant until) {

  /// The same, tried again at another time.
  Restraint until(Instant other) {
    return new Restraint(change, reach, reason, about, since, other);
  }

  /// What is withheld, from whom and why, as a person reads it.
  @Override
  public String toString() {
    String what =
        switch (change) {
          case INJECTION -> "no podmon for ";
          case ADJUSTMENT -> "no adjustment for ";
        };
    return what + reach + ": " + reason;
  }
}
