package io.multijob.e2e.chaos.service;

import java.time.Duration;

/// How the service answers.
public sealed interface Mood {

  /// Takes everything, and says so.
  record Well() implements Mood {}

  /// The same, but later.
  record Slow(Duration delay) implements Mood {}

  /// Takes nothing: 500.
  record Failing() implements Mood {}

  /// Takes everything and says 500, as one whose answer is lost on the way.
  record Forgetful() implements Mood {}

  /// Takes nothing: 429 with `Retry-After`.
  record Busy(Duration retryAfter) implements Mood {}

  /// Takes everything, and answers with 200 and what is no JSON.
  record Mumbling() implements Mood {}

  /// Resets every connection.
  record Away() implements Mood {}

  /// Answers with what is no HTTP.
  record Raving() implements Mood {}
}
