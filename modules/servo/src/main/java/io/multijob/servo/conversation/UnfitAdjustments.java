package io.multijob.servo.conversation;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.multijob.protocol.Adjustment;
import io.multijob.protocol.Command;
import io.multijob.protocol.EventJson;
import io.multijob.servo.report.Delivery;
import io.multijob.servo.report.OptuneService;
import io.multijob.servo.report.Outbox;
import io.multijob.servo.report.Report;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the service of values that could not be given to a pod: a failed ADJUSTMENT, by way of the
/// outbox. The same of the same app is told once a minute at the most, and the values are not
/// offered to the app's later pods.
///
/// In a replica that does not lead, whose outbox nobody empties, it is offered to the service at
/// once, and goes into the outbox only when it could not be delivered.
///
/// Thread-safe. Nobody who calls it waits.
public final class UnfitAdjustments implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(UnfitAdjustments.class);

  private static final int MAX_AT_ONCE = 256;
  private static final int MAX_REMEMBERED = 10_000;
  private static final int MAX_MESSAGE = 2_000;
  private static final Duration BETWEEN = Duration.ofMinutes(1);

  private final KeptAdjustments kept;
  private final OptuneService service;
  private final Outbox outbox;
  private final Deliveries deliveries;
  private final InstantSource clock;
  private final Semaphore places = new Semaphore(MAX_AT_ONCE);
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("unfit-", 0).factory());

  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private final SequencedMap<Told, Instant> lately = new LinkedHashMap<>(); // the oldest first

  /// Who empties the outbox.
  ///
  /// @param here whether this replica does
  /// @param wake is run when there is more to be delivered
  public record Deliveries(BooleanSupplier here, Runnable wake) {}

  private record Told(String appId, String message) {}

  public UnfitAdjustments(
      KeptAdjustments kept,
      OptuneService service,
      Outbox outbox,
      Deliveries deliveries,
      InstantSource clock) {
    this.kept = kept;
    this.service = service;
    this.outbox = outbox;
    this.deliveries = deliveries;
    this.clock = clock;
  }

  /// The values that the service wants do not fit a pod of the app, or the pod was refused with
  /// them.
  ///
  /// @param message why, for a person
  public void failed(String appId, Command.Adjust command, String message) {
    kept.forget(appId, command);
    String text = message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE);
    if (!isNew(new Told(appId, text))) {
      return;
    }
    LOG.atWarn()
        .addKeyValue("app", appId)
        .addKeyValue("reason", text)
        .log("Adjustment does not fit, the pod starts unchanged");
    if (!places.tryAcquire()) {
      LOG.atDebug().addKeyValue("app", appId).log("Too many adjustments failed, one was not told");
      return;
    }
    Report report =
        new Report(AdjustmentIds.failed(), appId, EventJson.write(new Adjustment.Failed(text)));
    try {
      threads.execute(() -> run(report));
    } catch (RejectedExecutionException e) {
      places.release(); // closed
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  private boolean isNew(Told told) {
    Instant now = clock.instant();
    Instant limit = now.minus(BETWEEN);
    lock.lock();
    try {
      while (!lately.isEmpty()
          && (lately.size() > MAX_REMEMBERED || lately.firstEntry().getValue().isBefore(limit))) {
        lately.pollFirstEntry();
      }
      return lately.putIfAbsent(told, now) == null;
    } finally {
      lock.unlock();
    }
  }

  /// The one place of its thread that catches everything.
  private void run(Report report) {
    try {
      tell(report);
    } catch (InterruptedException e) {
      LOG.atDebug().log("Stopped before all was told");
    } catch (IOException | RuntimeException e) {
      LOG.atWarn()
          .setCause(e)
          .addKeyValue("app", report.appId())
          .log("Service is not told that an adjustment failed");
    } finally {
      places.release();
    }
  }

  private void tell(Report report) throws IOException, InterruptedException {
    if (deliveries.here().getAsBoolean()) {
      outbox.put(report);
      deliveries.wake().run();
      return;
    }
    switch (service.deliver(report)) {
      case Delivery.Accepted() -> {}
      case Delivery.Refused(String reason) ->
          LOG.atWarn()
              .addKeyValue("app", report.appId())
              .addKeyValue("reason", reason)
              .log("Service does not take that an adjustment failed");
      case Delivery.Unreachable _ -> outbox.put(report);
    }
  }
}
