package io.multijob.servo.report;

import io.multijob.servo.loop.PassLoop;
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

  private final Outbox outbox;
  private final Outbox.Retention retention;
  private final Predicate<String> mayComeAgain;
  private final Runnable dispatcher;
  private final OutboxRoom room;
  private final PassLoop loop = new PassLoop("outbox-keeper", this::runPass);

  private long forgot = System.nanoTime(); // belongs to the thread

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
    loop.start();
  }

  @Override
  public void close() {
    loop.close();
  }

  private void runPass() throws InterruptedException {
    Thread.sleep(PERIOD);
    attempt(this::look);
    if (System.nanoTime() - forgot >= FORGET_PERIOD.toNanos()) {
      forgot = System.nanoTime();
      attempt(this::forget);
    }
  }

  private static void attempt(Step step) throws InterruptedException {
    try {
      step.run();
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
  private interface Step {
    void run() throws IOException, InterruptedException;
  }
}
