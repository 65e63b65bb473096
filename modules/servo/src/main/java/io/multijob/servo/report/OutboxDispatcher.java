package io.multijob.servo.report;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.multijob.servo.retry.Backoff;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Delivers the reports of an [Outbox] until closed: several apps at once, the reports of one app
/// in the order in which they came. An app whose reports are refused, or whose service is slow or
/// away, holds up no other.
///
/// A report leaves the outbox only after the service has answered for it, so a crash at any moment
/// repeats a delivery and never loses one.
///
/// Thread-safe. One thread, the dispatcher's own, decides whose turn it is ([DeliveryPlan]); each
/// turn ([Turn]) has a virtual thread.
public final class OutboxDispatcher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OutboxDispatcher.class);

  private static final int MAX_TURNS = 32;
  private static final Duration IDLE_PAUSE = Duration.ofSeconds(30);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(2);

  private final Outbox outbox;
  private final OptuneService service;
  private final DeliveryListener listener;
  private final InstantSource clock;
  private final DeliveryPlan plan; // used by the dispatcher's thread only
  private final ConcurrentLinkedQueue<EndedTurn> ended = new ConcurrentLinkedQueue<>();
  private final Semaphore wakeUps = new Semaphore(0);
  private final ExecutorService turns =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("delivery-", 0).factory());
  private final Thread thread = Thread.ofVirtual().name("outbox-dispatcher").unstarted(this::run);

  private int running; // turns; used by the dispatcher's thread only
  private volatile boolean closing;
  private volatile Duration drain;

  /// How long the dispatcher waits.
  ///
  /// @param backoff the pauses of an app after failures
  /// @param outage the pauses between attempts, of whatever app, while the service takes nothing
  /// @param drain how long a stop lets what is pending go out
  public record Timing(Backoff backoff, Backoff outage, Duration drain) {
    public static final Timing DEFAULT =
        new Timing(
            new Backoff(Duration.ofMillis(500), Duration.ofMinutes(1)),
            new Backoff(Duration.ofMillis(500), Duration.ofSeconds(10)),
            Duration.ofSeconds(5));
  }

  private record EndedTurn(String appId, Turn.End end) {}

  public OutboxDispatcher(
      Outbox outbox,
      OptuneService service,
      Timing timing,
      DeliveryListener listener,
      InstantSource clock) {
    this.outbox = outbox;
    this.service = service;
    this.listener = listener;
    this.clock = clock;
    this.drain = timing.drain();
    this.plan = new DeliveryPlan(timing.backoff(), timing.outage(), new SplittableRandom());
  }

  /// Starts delivering. A dispatcher starts once; after [#close()], make a new one.
  public void start() {
    thread.start();
  }

  /// Ends the current pause, so that a report just put goes out now.
  public void wake() {
    wakeUps.release();
  }

  /// True as long as reports are delivered.
  public boolean alive() {
    return thread.isAlive();
  }

  /// Lets nothing go out any more when closed.
  public void abandon() {
    drain = Duration.ZERO;
  }

  /// Lets what is pending go out as far as it goes at the first attempt and within the bound, then
  /// gives up what is in progress. What is left stays on disk.
  @Override
  public void close() {
    closing = true;
    wake();
    try {
      if (thread.isAlive() && !thread.join(drain)) {
        LOG.atInfo().addKeyValue("pending", outbox.pending()).log("Reports are left for next time");
        thread.interrupt();
        boolean _ = thread.join(STOP_TIMEOUT);
      }
      turns.shutdownNow();
      if (!turns.awaitTermination(STOP_TIMEOUT.toNanos(), NANOSECONDS)) {
        LOG.atWarn().addKeyValue("duration", STOP_TIMEOUT).log("Deliveries did not stop");
      }
    } catch (InterruptedException e) {
      turns.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      Duration pause = runPass();
      while (!closing || running > 0) {
        pause(pause);
        pause = runPass();
      }
    } catch (InterruptedException e) {
      LOG.atDebug().log("Outbox dispatcher stopped");
    }
  }

  /// The one place that catches everything: no failure of a pass may end the loop.
  private Duration runPass() {
    try {
      return deliverPending();
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).log("Outbox pass failed, will try again");
      return AFTER_FAILURE;
    }
  }

  /// Takes in what has ended and what is new, begins the turns that are due, and returns how long
  /// to pause unless something wakes us.
  Duration deliverPending() {
    for (EndedTurn turn = ended.poll(); turn != null; turn = ended.poll()) {
      running--;
      conclude(turn);
    }
    outbox.pendingApps().forEach(plan::add);
    while (running < (plan.outage() ? 1 : MAX_TURNS)) {
      Optional<String> appId = plan.next(clock.instant());
      if (appId.isEmpty()) {
        break;
      }
      begin(appId.get());
    }
    return running > 0 ? IDLE_PAUSE : untilNext();
  }

  private void begin(String appId) {
    running++;
    Turn turn = new Turn(appId, outbox, service, listener, clock);
    turns.execute(() -> {
      Turn.End end = new Turn.End.Stopped();
      try {
        end = turn.take();
      } finally {
        ended.add(new EndedTurn(appId, end));
        wake();
      }
    });
  }

  private void conclude(EndedTurn turn) {
    switch (turn.end()) {
      case Turn.End.Went() -> plan.went(turn.appId());
      case Turn.End.Failed(String reason, Duration atLeast) -> {
        int failures = plan.failed(turn.appId(), atLeast, clock.instant());
        LOG.atWarn()
            .addKeyValue("app", turn.appId())
            .addKeyValue("reason", reason)
            .addKeyValue("failures", failures)
            .log("Report was not delivered, will try again");
      }
      case Turn.End.Stopped() -> {
        int failures = plan.failed(turn.appId(), AFTER_FAILURE, clock.instant());
        LOG.atDebug()
            .addKeyValue("app", turn.appId())
            .addKeyValue("failures", failures)
            .log("Delivery was cut off");
      }
    }
  }

  private Duration untilNext() {
    return plan.nextTime()
        .map(time -> Duration.between(clock.instant(), time))
        .filter(until -> until.compareTo(IDLE_PAUSE) < 0)
        .orElse(IDLE_PAUSE);
  }

  private void pause(Duration duration) throws InterruptedException {
    if (duration.isPositive() && wakeUps.tryAcquire(duration.toNanos(), NANOSECONDS)) {
      int _ = wakeUps.drainPermits();
    }
  }
}
