package io.multijob.servo.report;

import io.multijob.protocol.Diag;
import io.multijob.protocol.Event;
import io.multijob.protocol.Goodbye;
import io.multijob.protocol.Hello;
import io.multijob.servo.loop.PassLoop;
import io.multijob.servo.retry.Backoff;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the service of the servo itself: HELLO, DIAG and GOODBYE. Best effort: each is tried a few
/// times and then given up, few wait at a time, and none is kept on disk.
///
/// Thread-safe. HELLO and DIAG are sent by one thread, the events' own.
public final class GlobalEvents implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GlobalEvents.class);

  private static final int MAX_WAITING = 16;
  private static final int ATTEMPTS = 3;
  private static final Duration ATTEMPT_TIME = Duration.ofSeconds(5);
  private static final Duration GOODBYE_TIME = Duration.ofSeconds(3);
  private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(4));

  private final OptuneService service;
  private final DeliveryListener listener;
  private final Agent agent;
  private final BlockingQueue<Event> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
  private final AtomicBoolean parted = new AtomicBoolean();
  private final PassLoop loop = new PassLoop("global-events", this::runPass);

  /// Which servo tells.
  ///
  /// @param account empty if there is none
  public record Agent(String account, String name, String version) {}

  public GlobalEvents(OptuneService service, DeliveryListener listener, Agent agent) {
    this.service = service;
    this.listener = listener;
    this.agent = agent;
  }

  public void start() {
    loop.start();
  }

  /// The servo watches `namespaces` now.
  public void hello(List<String> namespaces) {
    add(new Hello(agent.account(), agent.name(), agent.version(), namespaces));
  }

  /// Something of the servo failed and was started again.
  ///
  /// @param details the end of what was heard of it
  public void diag(String reason, String details) {
    add(new Diag(agent.account(), reason, details));
  }

  /// Says that the servo stops, once, and waits a few seconds at most for the service to take it.
  ///
  /// @param reason `signal 15`, `exit`, or text for a person
  public void goodbye(String reason) {
    if (!parted.compareAndSet(false, true)) {
      return;
    }
    close();
    Event goodbye = new Goodbye(agent.account(), reason);
    try {
      conclude(goodbye, service.tell(goodbye, GOODBYE_TIME));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Gives up what waits. [#goodbye] does so too.
  @Override
  public void close() {
    loop.close();
  }

  private void add(Event event) {
    if (!waiting.offer(event)) {
      LOG.atDebug().addKeyValue("event", event.name()).log("Too many events wait, one was dropped");
    }
  }

  private void runPass() throws InterruptedException {
    Event event = waiting.take();
    conclude(event, tell(event));
  }

  /// The last of a few attempts.
  private Delivery tell(Event event) throws InterruptedException {
    Delivery delivery = service.tell(event, ATTEMPT_TIME);
    for (int failures = 1; failures < ATTEMPTS; failures++) {
      if (!(delivery instanceof Delivery.Unreachable)) {
        return delivery;
      }
      Thread.sleep(BACKOFF.pause(failures, ThreadLocalRandom.current()));
      delivery = service.tell(event, ATTEMPT_TIME);
    }
    return delivery;
  }

  private void conclude(Event event, Delivery delivery) {
    listener.told(event.name(), delivery);
    String problem =
        switch (delivery) {
          case Delivery.Accepted() -> "";
          case Delivery.Refused(String reason) -> reason;
          case Delivery.Unreachable(String reason, var pause) -> reason;
        };
    if (!problem.isEmpty()) {
      LOG.atWarn()
          .addKeyValue("event", event.name())
          .addKeyValue("reason", problem)
          .log("Service was not told of the servo");
    }
  }
}
