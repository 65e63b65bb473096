package io.multijob.servo.watch;

import io.multijob.servo.retry.Backoff;
import java.time.Duration;

/// How long a watch lasts and waits.
///
/// @param length what the API server is asked to end a watch after; it is taken up again at once
/// @param silence a connection on which nothing came for so long is given up. The API server sends
///   a bookmark about every minute
/// @param backoff the pauses after failures that may heal by themselves
/// @param denied the pauses after those that only a person heals: 401, 403, 404
public record WatchTiming(Duration length, Duration silence, Backoff backoff, Backoff denied) {

  public static final WatchTiming DEFAULT =
      new WatchTiming(
          Duration.ofMinutes(5),
          Duration.ofMinutes(2),
          new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30)),
          new Backoff(Duration.ofSeconds(15), Duration.ofSeconds(60)));
}
