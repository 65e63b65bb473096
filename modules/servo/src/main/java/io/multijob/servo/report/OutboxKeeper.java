package io.multijob.servo.report;

import java.io.IOException;
import java.time.Duration;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets an [Outbox] forget, from time to time, what it need not know any longer, takes in what a
/// person has changed in it, and warns well before it is full.
///
/// Thread-safe. All happens on one thread, the keeper's own.
public final class OutboxKeeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OutboxKeeper.class);

  private static final Duration PERIOD = Duration.ofSeconds(5);
  private static final Duration FORGET_PERIOD = Duration.ofMinutes(10);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(2);

  private final Outbox outbox;
  private final Outbox.Retention retention;
  private final Predicate<String> mayComeAgain;
  private final Runnable dispatcher;
  private final OutboxRoom room;
  private final Thread thread = Thread.ofVirtual().name("outbox-keeper").unstarted(this::run);

  /// @param mayComeAgain true for the id of a run that the cluster may still show
  /// @param dispatcher is run when more is to be delivered
  public OutboxKeeper(
      Outbox outbox,
      OutboxRoom room,
      Outbox.Retention retention,
      Predicate<String> mayComeAgain,
      Runnable dispatcher) {
    this.outbox = outbox;
    this.room = room;
    this.retention = retention;
    this.mayComeAgain = mayComeAgain;
    this.dispatcher = dispatcher;
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
      long forgot = System.nanoTime();
      while (true) {
        Thread.sleep(PERIOD);
        runPass(this::look);
        if (System.nanoTime() - forgot >= FORGET_PERIOD.toNanos()) {
          forgot = System.nanoTime();
          runPass(this::forget);
        }
      }
    } catch (InterruptedException e) {
      LOG.atDebug().log("Outbox keeper stopped");
    }
  }

  /// The one place that catches everything: no failure of a pass may end the loop.
  private static void runPass(Pass pass) throws InterruptedException {
    try {
      pass.run();
    } catch (IOException | RuntimeException e) {
      LOG.atWarn().setCause(e).log("Outbox could not be looked after, will try again");
    }
  }

  private void look() throws IOException, InterruptedException {
    room.look();
    if (outbox.adopt()) {
      LOG.atInfo().log("Refused reports are offered again");
      dispatcher.run();
    }
  }

  private void forget() throws IOException, InterruptedException {
    int forgotten = outbox.forget(retention, mayComeAgain);
    LOG.atDebug().addKeyValue("reports", forgotten).log("Outbox has forgotten old reports");
  }

  @FunctionalInterface
  private interface Pass {
    void run() throws IOException, InterruptedException;
  }
}
