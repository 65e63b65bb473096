package io.multijob.e2e.wait;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;

/// Waits for what must come true, by looking again and again.
public final class Wait {
  private static final Duration PAUSE = Duration.ofMillis(20);

  private Wait() {}

  /// Waits until `condition` holds.
  ///
  /// @param what what is waited for, to complete "waited 30 s for ..."
  /// @throws AssertionError if it does not within `time`
  public static void until(String what, Duration time, Callable<Boolean> condition)
      throws Exception {
    forValue(what, time, () -> condition.call() ? Optional.of(what) : Optional.empty());
  }

  /// Waits until `look` finds something, and returns that.
  ///
  /// @param what what is waited for, to complete "waited 30 s for ..."
  /// @throws AssertionError if it does not within `time`; what it threw the last time is the cause
  public static <T> T forValue(String what, Duration time, Callable<Optional<T>> look)
      throws Exception {
    long end = System.nanoTime() + time.toNanos();
    while (true) {
      Exception failure;
      try {
        Optional<T> found = look.call();
        if (found.isPresent()) {
          return found.get();
        }
        failure = null;
      } catch (InterruptedException e) {
        throw e;
      } catch (Exception e) {
        failure = e;
      }
      if (System.nanoTime() > end) {
        throw new AssertionError("waited %s s for %s".formatted(time.toSeconds(), what), failure);
      }
      Thread.sleep(PAUSE);
    }
  }
}
