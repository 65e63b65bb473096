package io.multijob.e2e.chaos.ledger;

import java.time.Duration;
import java.time.Instant;

/// A time in which the servo may have heard nothing of the API server.
///
/// @param from just before the servo was cut off
/// @param to when it was seen to watch again; [Instant#MAX] as long as it was not
public record Deafness(Kind kind, Instant from, Instant to) {

  /// What became of what happened meanwhile.
  public enum Kind {
    /// It was only late: the API server tells it when it is asked to go on from where it was.
    LATE,
    /// An API server that has just started does not tell what was before: the servo lists anew, and
    /// what came and went meanwhile was never there.
    FORGOTTEN
  }

  boolean covers(Instant at) {
    return !at.isBefore(from) && at.isBefore(to);
  }

  /// This, begun earlier by `margin`: what happened just before was on its way.
  Deafness widened(Duration margin) {
    return new Deafness(kind, from.minus(margin), to);
  }

  /// This and a later one that touches it, as one.
  Deafness and(Deafness later) {
    return new Deafness(
        later.kind == Kind.FORGOTTEN ? Kind.FORGOTTEN : kind,
        from,
        to.isAfter(later.to) ? to : later.to);
  }
}
