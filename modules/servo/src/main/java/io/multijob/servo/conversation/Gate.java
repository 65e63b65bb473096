package io.multijob.servo.conversation;

import io.multijob.servo.retry.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/// Whether something is waited for, by how it did lately: three conversations in a row that fail
/// shut it, and so do some more of which every second fails. A probe that goes well opens it again,
/// on trial: the first failure after that shuts it at once.
///
/// Not thread-safe: belongs to [Breaker], which guards it by its lock.
final class Gate {
  private static final int SHUT = 6;
  private static final int FAILURE = 2;
  private static final int ON_TRIAL = SHUT - FAILURE;

  /// So many that go well in a row, and earlier failures no longer make the pauses longer.
  private static final int SOUND = 10;

  private int score; // goes up with each that fails, down by one with each that goes well
  private int wellInARow;
  private int failedProbes; // and shuttings, since it was sound
  private boolean shut;
  private boolean wanted; // since it was probed last
  private Instant probeAt = Instant.MAX;
  private String reason = "";

  boolean isShut() {
    return shut;
  }

  /// True when nothing is held against it.
  boolean isSound() {
    return !shut && score == 0 && failedProbes == 0;
  }

  /// Why it was shut; empty while it is open.
  String reason() {
    return reason;
  }

  /// A conversation failed.
  ///
  /// @return true if that shuts it
  boolean failed(String why) {
    wellInARow = 0;
    score = Math.min(SHUT, score + FAILURE);
    if (shut || score < SHUT) {
      return false;
    }
    shut = true;
    wanted = true;
    reason = why;
    return true;
  }

  /// A conversation went well.
  void well() {
    score = Math.max(0, score - 1);
    wellInARow++;
    if (wellInARow >= SOUND) {
      failedProbes = 0;
    }
  }

  /// Somebody would have gone through.
  void want() {
    wanted = true;
  }

  /// False when nobody would have gone through since it was probed last.
  boolean isWanted() {
    return wanted;
  }

  /// When it is to be probed next; never while it is open, or is being probed.
  Instant probeAt() {
    return probeAt;
  }

  /// It is being probed.
  void probing() {
    wanted = false;
    probeAt = Instant.MAX;
  }

  /// It was shut, or a probe failed: the next comes after a pause.
  ///
  /// @param atLeast how long the pause is in any case
  void rest(Backoff backoff, Duration atLeast, Instant now, RandomGenerator random) {
    failedProbes++;
    Duration pause = backoff.pause(failedProbes, random);
    probeAt = now.plus(pause.compareTo(atLeast) < 0 ? atLeast : pause);
  }

  /// A probe went well.
  void open() {
    shut = false;
    reason = "";
    score = ON_TRIAL;
    wellInARow = 0;
    probeAt = Instant.MAX;
  }
}
