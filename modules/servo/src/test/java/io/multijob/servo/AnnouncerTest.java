package io.multijob.servo;

import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.protocol.Diag;
import io.multijob.protocol.Event;
import io.multijob.protocol.Goodbye;
import io.multijob.protocol.Hello;
import io.multijob.servo.report.Delivery;
import io.multijob.servo.report.DeliveryListener;
import io.multijob.servo.report.GlobalEvents;
import io.multijob.servo.report.OptuneService;
import io.multijob.servo.report.Reply;
import io.multijob.servo.report.Report;
import io.multijob.servo.watch.Scope;
import io.multijob.servo.watch.WatchProblem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class AnnouncerTest {
  private static final Scope BATCH = new Scope("batch");
  private static final Scope NIGHT = new Scope("night");
  private static final WatchProblem AWAY =
      new WatchProblem(WatchProblem.Kind.UNREACHABLE, "no route to host");

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-22T10:00:00Z"));
  private final TakingService service = new TakingService();
  private final GlobalEvents events =
      new GlobalEvents(service, new NoListener(), new GlobalEvents.Agent("me", "servo", "1.2"));
  private final Announcer announcer = new Announcer(events, Set.of(NIGHT, BATCH), now::get);

  @BeforeEach
  void start() {
    events.start();
  }

  @AfterEach
  void stop() {
    events.close();
  }

  @Test
  void greetsOnceWhenEveryWatchStands() throws Exception {
    announcer.watching(BATCH);
    announcer.watching(BATCH);
    announcer.watching(NIGHT);
    announcer.watching(BATCH);

    assertThat(service.told.take())
        .isEqualTo(new Hello("me", "servo", "1.2", List.of("batch", "night")));
    events.goodbye("exit");
    assertThat(service.told.take()).isInstanceOf(Goodbye.class);
  }

  @Test
  void tellsOfAWatchThatKeepsFailingOnceAMinute() throws Exception {
    announcer.failed(BATCH, AWAY, 1);
    announcer.failed(BATCH, AWAY, 2);
    announcer.failed(BATCH, AWAY, 3);
    announcer.failed(NIGHT, AWAY, 2);

    assertThat(service.told.take())
        .isEqualTo(new Diag("me", "watch of batch failed 2 times in a row", "no route to host"));

    now.updateAndGet(before -> before.plusSeconds(61));
    announcer.failed(NIGHT, AWAY, 5);

    assertThat(service.told.take())
        .isEqualTo(new Diag("me", "watch of night failed 5 times in a row", "no route to host"));
    events.goodbye("exit");
    assertThat(service.told.take()).isInstanceOf(Goodbye.class);
  }

  /// A service that takes all that it is told.
  private static final class TakingService implements OptuneService {
    private final BlockingQueue<Event> told = new LinkedBlockingQueue<>();

    @Override
    public Delivery deliver(Report report) {
      throw new UnsupportedOperationException(report.id());
    }

    @Override
    public Delivery tell(Event event, Duration within) {
      told.add(event);
      return new Delivery.Accepted();
    }

    @Override
    public Reply ask(String appId, Event event, Duration within) {
      throw new UnsupportedOperationException(event.name());
    }
  }

  private static final class NoListener implements DeliveryListener {
    @Override
    public void attempted(Delivery delivery, Duration waited, Duration took) {}

    @Override
    public void delivered(Report report) {}

    @Override
    public void told(String event, Delivery last) {}
  }
}
