package io.multijob.servo.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.servo.report.Delivery.Accepted;
import io.multijob.servo.report.Delivery.Refused;
import io.multijob.servo.report.Delivery.Unreachable;
import io.multijob.servo.report.OutboxDispatcher.Timing;
import io.multijob.servo.retry.Backoff;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
final class OutboxDispatcherTest {
  private static final Backoff SHORT = new Backoff(Duration.ofMillis(1), Duration.ofMillis(5));
  private static final Backoff LONG = new Backoff(Duration.ofHours(1), Duration.ofHours(1));
  private static final Timing QUICK = new Timing(SHORT, SHORT, Duration.ofSeconds(5));
  private static final Timing SLOW = new Timing(LONG, LONG, Duration.ofMillis(300));
  private static final Unreachable AWAY = new Unreachable("status 503", Duration.ZERO);

  private final InstantSource clock = InstantSource.system();
  private final ScriptedService service = new ScriptedService();
  private final RecordedDeliveries deliveries = new RecordedDeliveries();
  private Outbox outbox;

  @BeforeEach
  void openOutbox(@TempDir Path directory) throws IOException {
    outbox = Outbox.open(directory, clock);
  }

  @AfterEach
  void closeOutbox() throws IOException {
    outbox.close();
  }

  @Test
  void deliversWhatWasPendingAtTheStart() throws Exception {
    put("run-1", "a");
    try (OutboxDispatcher dispatcher = start(service, QUICK)) {
      assertThat(service.take()).isEqualTo("run-1");
      assertThat(dispatcher.alive()).isTrue();
    }

    assertThat(outbox.pending()).isZero();
  }

  @Test
  void wakingEndsThePause() throws Exception {
    try (OutboxDispatcher dispatcher = start(service, QUICK)) {
      put("run-1", "a");
      dispatcher.wake();
      assertThat(service.take()).isEqualTo("run-1");

      put("run-2", "a");
      dispatcher.wake();

      assertThat(service.take()).isEqualTo("run-2");
    }
  }

  @Test
  void aServiceThatIsAwayForLongLosesNothingAndKeepsTheOrder() throws Exception {
    for (int i = 0; i < 20; i++) {
      service.script("a", AWAY);
    }
    put("run-1", "a");
    put("run-2", "a");
    put("run-3", "b");

    try (OutboxDispatcher _ = start(service, QUICK)) {
      List<String> ofA = new ArrayList<>();
      while (ofA.size() < 22) {
        String id = service.take();
        if (!id.equals("run-3")) {
          ofA.add(id);
        }
      }

      assertThat(ofA.subList(0, 21)).containsOnly("run-1");
      assertThat(ofA.getLast()).isEqualTo("run-2");
    }
    assertThat(outbox.pending()).isZero();
    assertThat(outbox.knows("run-1")).isTrue();
  }

  @Test
  void anAppThatIsRefusedOrSlowOrAwayHoldsUpNoOther() throws Exception {
    CountDownLatch others = new CountDownLatch(50);
    DeliveringService mixed =
        report ->
            switch (report.appId()) {
              case "slow" -> {
                others.await();
                yield new Accepted();
              }
              case "refused" -> new Refused("status 400");
              case "away" -> AWAY;
              default -> {
                others.countDown();
                yield new Accepted();
              }
            };
    put("run-slow", "slow");
    put("run-refused", "refused");
    put("run-away", "away");
    for (int i = 0; i < 50; i++) {
      put("run-" + i, "app-" + i % 5);
    }

    try (OutboxDispatcher _ = start(mixed, SLOW)) {
      others.await();
    }

    assertThat(outbox.pending()).isEqualTo(1);
    assertThat(outbox.hasPending("away")).isTrue();
    assertThat(outbox.setAside()).isEqualTo(1);
  }

  @Test
  void severalAppsAreServedAtOnceAndOneAppByOneDeliveryAtATime() throws Exception {
    Semaphore sixAtOnce = new Semaphore(0);
    CountDownLatch go = new CountDownLatch(1);
    AtomicInteger ofA = new AtomicInteger();
    ConcurrentLinkedQueue<Integer> ofAAtOnce = new ConcurrentLinkedQueue<>();
    DeliveringService waiting =
        report -> {
          if (report.appId().equals("app-0")) {
            ofAAtOnce.add(ofA.incrementAndGet());
          }
          sixAtOnce.release();
          go.await();
          if (report.appId().equals("app-0")) {
            ofA.decrementAndGet();
          }
          return new Accepted();
        };
    for (int i = 0; i < 60; i++) {
      put("run-" + i, "app-" + i % 6);
    }

    try (OutboxDispatcher _ = start(waiting, QUICK)) {
      sixAtOnce.acquire(6);
      go.countDown();
      sixAtOnce.acquire(54);
    }

    assertThat(ofAAtOnce).hasSize(10).containsOnly(1);
    assertThat(outbox.pending()).isZero();
  }

  @Test
  void closingLetsWhatIsPendingGoOut() throws Exception {
    for (int i = 0; i < 100; i++) {
      put("run-" + i, "app-" + i % 3);
    }
    OutboxDispatcher dispatcher = start(service, QUICK);

    dispatcher.close();

    assertThat(outbox.pending()).isZero();
    assertThat(dispatcher.alive()).isFalse();
  }

  @Test
  void closingDoesNotWaitForAServiceThatHangs() throws Exception {
    CountDownLatch hanging = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    DeliveringService hangs =
        report -> {
          hanging.countDown();
          try {
            new CountDownLatch(1).await();
            return new Accepted();
          } finally {
            ended.countDown();
          }
        };
    put("run-1", "a");
    OutboxDispatcher dispatcher = start(hangs, SLOW);
    hanging.await();

    long begin = System.nanoTime();
    dispatcher.close();

    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(3));
    ended.await();
    assertThat(outbox.pending()).isEqualTo(1);
    assertThat(dispatcher.alive()).isFalse();
  }

  @Test
  void abandoningCutsOffWhatIsOnItsWayAndLetsNothingElseGoOut() throws Exception {
    CountDownLatch onItsWay = new CountDownLatch(1);
    DeliveringService hangs =
        report -> {
          onItsWay.countDown();
          new CountDownLatch(1).await();
          return new Accepted();
        };
    for (int i = 0; i < 50; i++) {
      put("run-" + i, "a");
    }
    OutboxDispatcher dispatcher =
        new OutboxDispatcher(
            outbox, hangs, new Timing(LONG, LONG, Duration.ofMinutes(1)), deliveries, clock);
    dispatcher.start();
    onItsWay.await();

    dispatcher.abandon();
    dispatcher.close();

    assertThat(outbox.pending()).isEqualTo(50);
    assertThat(dispatcher.alive()).isFalse();
  }

  @Test
  void closingDoesNotWaitForAppsThatRest() throws Exception {
    for (int i = 0; i < 3; i++) {
      service.script("app-" + i, AWAY);
      put("run-" + i, "app-" + i);
    }
    OutboxDispatcher dispatcher =
        new OutboxDispatcher(
            outbox, service, new Timing(LONG, LONG, Duration.ofMinutes(1)), deliveries, clock);
    dispatcher.start();
    for (int i = 0; i < 3; i++) {
      service.take();
    }

    dispatcher.close();

    assertThat(outbox.pending()).isEqualTo(3);
    assertThat(deliveries.attempts).containsExactly(AWAY, AWAY, AWAY);
  }

  @Test
  void oneAppAtATimeTriesAServiceThatTakesNothing() throws Exception {
    AtomicInteger atOnce = new AtomicInteger();
    AtomicInteger attempts = new AtomicInteger();
    ConcurrentLinkedQueue<Integer> lateAtOnce = new ConcurrentLinkedQueue<>();
    CountDownLatch enough = new CountDownLatch(80);
    DeliveringService away =
        report -> {
          int now = atOnce.incrementAndGet();
          if (attempts.incrementAndGet() > 40) {
            lateAtOnce.add(now);
          }
          atOnce.decrementAndGet();
          enough.countDown();
          return enough.getCount() > 0 ? AWAY : new Accepted();
        };
    for (int i = 0; i < 200; i++) {
      put("run-" + i, "app-" + i);
    }

    try (OutboxDispatcher dispatcher =
        new OutboxDispatcher(outbox, away, QUICK, deliveries, new HastyClock())) {
      dispatcher.start();
      enough.await();
    }

    assertThat(lateAtOnce.stream().limit(39)).containsOnly(1);
    assertThat(outbox.pending()).isZero();
  }

  private OutboxDispatcher start(OptuneService to, Timing timing) {
    OutboxDispatcher dispatcher = new OutboxDispatcher(outbox, to, timing, deliveries, clock);
    dispatcher.start();
    return dispatcher;
  }

  private void put(String id, String appId) throws Exception {
    outbox.put(new Report(id, appId, "{}"));
  }

  /// A clock on which a minute passes each time that somebody looks.
  private static final class HastyClock implements InstantSource {
    private final AtomicInteger looks = new AtomicInteger();

    @Override
    public Instant instant() {
      return Instant.EPOCH.plusSeconds(60L * looks.incrementAndGet());
    }
  }
}
