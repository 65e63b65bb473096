package io.multijob.e2e.chaos.ledger;

import java.time.Instant;

/// When something happened, as far as one can tell who asked for it: not before it was asked for,
/// and not after it was answered.
///
/// @param asked when it was asked for, the first time
/// @param done when the answer was there, be it that of a later attempt
public record Span(Instant asked, Instant done) {
  public Span {
    if (done.isBefore(asked)) {
      throw new IllegalArgumentException(
          "done at " + done + ", before it was asked for at " + asked);
    }
  }
}
