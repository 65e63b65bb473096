package io.multijob.optune.store;

import java.time.Duration;
import java.time.Instant;

/// How far back to look. All but [#EVER] reach to now from the start of an hour or a day in UTC,
/// and hold the hour or the day that has just begun as one of theirs.
public enum Window {
  DAY("24h", Span.HOUR, Span.HOUR, Duration.ofHours(23)),
  WEEK("7d", Span.DAY, Span.HOUR, Duration.ofDays(6)),
  MONTH("30d", Span.DAY, Span.DAY, Duration.ofDays(29)),
  EVER("all", Span.EVER, Span.DAY, Duration.ZERO);

  private final String text;
  private final Span sums;
  private final Span history;
  private final Duration back;

  Window(String text, Span sums, Span history, Duration back) {
    this.text = text;
    this.sums = sums;
    this.history = history;
    this.back = back;
  }

  /// As it is written in a request: `24h`, `7d`, `30d`, `all`.
  public String text() {
    return text;
  }

  /// The first moment of the window that ends now.
  public Instant since(Instant now) {
    return sums.startOf(this == EVER ? Instant.EPOCH : now.minus(back));
  }

  /// How long each step of the window's history takes.
  public Duration step() {
    return history.length();
  }

  /// The roll-ups that add up to the window in the fewest rows.
  Span sums() {
    return sums;
  }

  /// The roll-ups that show the window's course.
  Span history() {
    return history;
  }
}
