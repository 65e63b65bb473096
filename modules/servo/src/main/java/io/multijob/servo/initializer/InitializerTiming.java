package io.multijob.servo.initializer;

import io.multijob.servo.retry.Backoff;
import io.multijob.servo.watch.WatchTiming;
import java.time.Duration;

/// How long pods wait for us. Whoever creates a pod waits with it, for 30 s at most.
///
/// @param change how long it may take to find out what is to be changed; the pod is let go
///   unchanged after that
/// @param backoff the pauses between attempts to let a pod go
public record InitializerTiming(Duration change, Backoff backoff, WatchTiming watch) {
  public static final InitializerTiming DEFAULT =
      new InitializerTiming(
          Duration.ofSeconds(5),
          new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10)),
          WatchTiming.DEFAULT);
}
