package io.multijob.sandbox.run.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Waits for a line in what a process prints that begins as it should. Fed by one thread, awaited
/// by any.
final class StartLine {
  private final byte[] beginning;
  private final CountDownLatch over = new CountDownLatch(1);

  private int matched; // bytes of the current line; used by the feeding thread only
  private boolean differs; // likewise

  /// @param beginning empty for a process that is not waited for
  StartLine(String beginning) {
    this.beginning = beginning.getBytes(UTF_8);
    if (beginning.isEmpty()) {
      over.countDown();
    }
  }

  void feed(byte[] bytes, int length) {
    for (int i = 0; i < length && over.getCount() > 0; i++) {
      feed(bytes[i]);
    }
  }

  /// Nothing more will be printed.
  void end() {
    over.countDown();
  }

  /// Waits for the line, the end of the output, or `atMost` so long.
  ///
  /// @return whether it waited for the time to pass in vain
  boolean isLate(Duration atMost) throws InterruptedException {
    return !over.await(atMost.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void feed(byte next) {
    if (next == '\n') {
      matched = 0;
      differs = false;
      return;
    }
    differs |= next != beginning[matched];
    matched = differs ? 0 : matched + 1;
    if (matched == beginning.length) {
      over.countDown();
    }
  }
}
