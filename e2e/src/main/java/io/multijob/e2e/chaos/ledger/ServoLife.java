package io.multijob.e2e.chaos.ledger;

import java.time.Instant;

/// One process of the servo.
///
/// @param number counted from 1
/// @param started just before it was started
/// @param ready when it was first seen to have listed the pods; [Instant#MAX] if it never was
/// @param killed just before it was killed; [Instant#MAX] for the one that was left alive
public record ServoLife(int number, Instant started, Instant ready, Instant killed) {

  static ServoLife started(int number, Instant at) {
    return new ServoLife(number, at, Instant.MAX, Instant.MAX);
  }

  ServoLife ready(Instant at) {
    return new ServoLife(number, started, at, killed);
  }

  ServoLife killed(Instant at) {
    return new ServoLife(number, started, ready, at);
  }

  boolean outlived() {
    return killed.equals(Instant.MAX);
  }
}
