package io.multijob.servo.watch;

import io.multijob.servo.retry.Backoff;
import java.time.Duration;

/// How long a watch lasts and waits.
///
/// A watch that is asked to be short is how a dead connection is noticed: one that the API server
/// has not ended in time is dead. Ending it costs next to nothing, for just before that the API
/// server says how far it has come
/// ([bookmarks](https://kubernetes.io/docs/reference/using-api/api-concepts/#watch-bookmarks)), and
/// the next goes on from there.
///
/// @param length what the API server is asked to end a watch after; it is taken up again at once
/// @param silence a watch on which nothing came for so long is given up; more than `length`
/// @param patience the same for a list, whose beginning the API server may have to work for
/// @param backoff the pauses after failures that may heal by themselves
/// @param denied the pauses after those that only a person heals: 401, 403, 404. The first are
///   short: an API server that has just started says 403 until it has read its own rules
public record WatchTiming(
    Duration length, Duration silence, Duration patience, Backoff backoff, Backoff denied) {

  public static final WatchTiming DEFAULT =
      new WatchTiming(
          Duration.ofSeconds(30),
          Duration.ofSeconds(40),
          Duration.ofMinutes(2),
          new Backoff(Duration.ofMillis(500), Duration.ofSeconds(5)),
          new Backoff(Duration.ofMillis(500), Duration.ofSeconds(10)));
}
