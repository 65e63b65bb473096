package io.multijob.servo.mark;

import java.time.Duration;

/// How one attempt to write a mark ended.
sealed interface MarkResult {

  /// It is written.
  record Written() implements MarkResult {}

  /// The pod is no more, or is being deleted and can be held no more.
  record Gone() implements MarkResult {}

  /// We may not patch pods of that namespace.
  record Denied(String reason) implements MarkResult {}

  /// The API server will not take this patch; trying it again is useless.
  record Refused(String reason) implements MarkResult {}

  /// Nobody knows; try again.
  ///
  /// @param atLeast how long to wait in any case
  record Later(String reason, Duration atLeast) implements MarkResult {}
}
