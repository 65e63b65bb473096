package io.multijob.servo.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.protocol.Diag;
import io.multijob.protocol.Event;
import io.multijob.protocol.Goodbye;
import io.multijob.protocol.Hello;
import io.multijob.servo.report.Delivery.Refused;
import io.multijob.servo.report.Delivery.Unreachable;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class GlobalEventsTest {
  private static final GlobalEvents.Agent AGENT = new GlobalEvents.Agent("me", "servo", "1.2");

  private final ScriptedService service = new ScriptedService();
  private final RecordedDeliveries deliveries = new RecordedDeliveries();

  @Test
  void tellsOfTheStartAProblemAndTheEnd() throws Exception {
    try (GlobalEvents events = new GlobalEvents(service, deliveries, AGENT)) {
      events.start();
      events.hello(List.of("a", "b"));
      events.diag("watch failed", "410: too old");

      assertThat(service.takeTold()).isEqualTo(new Hello("me", "servo", "1.2", List.of("a", "b")));
      assertThat(service.takeTold()).isEqualTo(new Diag("me", "watch failed", "410: too old"));

      events.goodbye("signal 15");

      assertThat(service.takeTold()).isEqualTo(new Goodbye("me", "signal 15"));
    }
    assertThat(deliveries.told)
        .containsExactly("HELLO Accepted", "DIAG Accepted", "GOODBYE Accepted");
  }

  @Test
  void saysGoodbyeOnce() throws Exception {
    GlobalEvents events = new GlobalEvents(service, deliveries, AGENT);
    events.start();

    events.goodbye("signal 15");
    events.goodbye("exit");
    events.close();

    assertThat(deliveries.told).containsExactly("GOODBYE Accepted");
    assertThat(service.takeTold()).isEqualTo(new Goodbye("me", "signal 15"));
  }

  @Test
  void givesUpAfterAFewAttempts() throws Exception {
    Unreachable away = new Unreachable("status 503", Duration.ZERO);
    service.script("_global_", away, away, away);
    try (GlobalEvents events = new GlobalEvents(service, deliveries, AGENT)) {
      events.start();
      events.hello(List.of());
      events.diag("watch failed", "");

      assertThat(List.of(service.takeTold(), service.takeTold(), service.takeTold()))
          .hasOnlyElementsOfType(Hello.class);
      assertThat(service.takeTold()).isInstanceOf(Diag.class);
    }
    assertThat(deliveries.told.getFirst()).isEqualTo("HELLO Unreachable");
  }

  @Test
  void doesNotRepeatWhatIsRefused() throws Exception {
    service.script("_global_", new Refused("status 404"));
    try (GlobalEvents events = new GlobalEvents(service, deliveries, AGENT)) {
      events.start();
      events.hello(List.of());
      events.diag("watch failed", "");

      assertThat(service.takeTold()).isInstanceOf(Hello.class);
      assertThat(service.takeTold()).isInstanceOf(Diag.class);
    }
  }

  @Test
  void keepsFewWhileTheServiceHangsAndStillSaysGoodbye() throws Exception {
    HangingService hanging = new HangingService();
    GlobalEvents events = new GlobalEvents(hanging, deliveries, AGENT);
    events.start();
    events.hello(List.of());
    assertThat(hanging.told.take()).isInstanceOf(Hello.class);
    for (int i = 0; i < 1_000; i++) {
      events.diag("watch failed", "");
    }

    long begin = System.nanoTime();
    events.goodbye("signal 15");

    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(6));
    assertThat(hanging.told).containsExactly(new Goodbye("me", "signal 15"));
  }

  /// A service that answers nobody, and is given up by each as it said.
  private static final class HangingService implements OptuneService {
    private final LinkedBlockingQueue<Event> told = new LinkedBlockingQueue<>();

    @Override
    public Delivery deliver(Report report) {
      throw new UnsupportedOperationException(report.id());
    }

    @Override
    public Delivery tell(Event event, Duration within) throws InterruptedException {
      told.add(event);
      boolean answered = new CountDownLatch(1).await(within.toMillis(), TimeUnit.MILLISECONDS);
      return new Unreachable(answered ? "" : "no answer", Duration.ZERO);
    }

    @Override
    public Reply ask(String appId, Event event, Duration within) {
      throw new UnsupportedOperationException(event.name());
    }
  }
}
