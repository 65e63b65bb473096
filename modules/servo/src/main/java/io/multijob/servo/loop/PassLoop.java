package io.multijob.servo.loop;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A virtual thread that makes one pass after the other until it is closed, whichever of them fail.
///
/// Thread-safe. It starts once; after [#close()], make a new one.
public final class PassLoop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PassLoop.class);

  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

  private final Pass pass;
  private final Duration afterFailure;
  private final Thread thread;

  private volatile boolean closed;

  /// What is done again and again.
  @FunctionalInterface
  public interface Pass {
    /// Waits until there is something to do, and does it.
    ///
    /// @throws InterruptedException at the end
    void run() throws InterruptedException;
  }

  /// @param name of the thread
  public PassLoop(String name, Pass pass) {
    this(name, pass, AFTER_FAILURE);
  }

  PassLoop(String name, Pass pass, Duration afterFailure) {
    this.pass = pass;
    this.afterFailure = afterFailure;
    this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  /// Interrupts the pass under way, and waits some seconds for its end. None begins after that.
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      if (thread.isAlive() && !thread.join(STOP_TIMEOUT)) {
        LOG.atWarn().addKeyValue("thread", thread.getName()).log("Thread did not stop");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!closed) {
        runPass();
      }
    } catch (InterruptedException e) {
      LOG.atDebug().addKeyValue("thread", thread.getName()).log("Thread stopped");
    }
  }

  /// The one place that catches everything: no failure of a pass may end the loop.
  private void runPass() throws InterruptedException {
    try {
      pass.run();
    } catch (RuntimeException e) {
      LOG.atError()
          .setCause(e)
          .addKeyValue("thread", thread.getName())
          .log("Pass failed, the next one comes");
      Thread.sleep(afterFailure);
    }
  }
}
