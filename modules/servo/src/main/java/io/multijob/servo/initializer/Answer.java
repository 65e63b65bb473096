package io.multijob.servo.initializer;

import java.time.Duration;

/// What the API server says to a patch.
sealed interface Answer {

  /// It is done.
  record Done() implements Answer {}

  /// There is no such pod any more.
  record Gone() implements Answer {}

  /// The pod is not as the patch expects it, or would not be valid after it. Which of both, an API
  /// server of those days does not tell well: 409, 422, or 500 for a failed test.
  record Unfit(String reason) implements Answer {}

  /// Not this patch.
  record Refused(String reason) implements Answer {}

  /// Not now, or it was not heard.
  ///
  /// @param after how long the API server asks us to wait; zero where it does not
  record Later(String reason, Duration after) implements Answer {}
}
