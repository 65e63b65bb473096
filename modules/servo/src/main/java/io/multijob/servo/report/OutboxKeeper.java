package io.multijob.servo.report;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets an [Outbox] forget, from time to time, what it need not know any longer.
///
/// Thread-safe. All happens on one thread, the keeper's own.
public final class OutboxKeeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OutboxKeeper.class);

  private static final Duration PERIOD = Duration.ofMinutes(10);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(2);

  private final Outbox outbox;
  private final Outbox.Retention retention;
  private final Predicate<String> mayComeAgain;
  private final Thread thread = Thread.ofVirtual().name("outbox-keeper").unstarted(this::run);

  /// @param mayComeAgain true for the id of a run that the cluster may still show
  public OutboxKeeper(Outbox outbox, Outbox.Retention retention, Predicate<String> mayComeAgain) {
    this.outbox = outbox;
    this.retention = retention;
    this.mayComeAgain = mayComeAgain;
  }

  public void start() {
    thread.start();
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      if (thread.isAlive() && !thread.join(STOP_TIMEOUT)) {
        LOG.atWarn().log("Outbox keeper did not stop");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (true) {
        Thread.sleep(PERIOD);
        runPass();
      }
    } catch (InterruptedException e) {
      LOG.atDebug().log("Outbox keeper stopped");
    }
  }

  /// The one place that catches everything: no failure of a pass may end the loop.
  private void runPass() throws InterruptedException {
    try {
      int forgotten = outbox.forget(retention, mayComeAgain);
      LOG.atDebug().addKeyValue("reports", forgotten).log("Outbox has forgotten old reports");
    } catch (IOException | RuntimeException e) {
      LOG.atWarn().setCause(e).log("Outbox could not forget old reports");
    }
  }
}
