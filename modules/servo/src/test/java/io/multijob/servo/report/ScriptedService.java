package io.multijob.servo.report;

import io.multijob.protocol.Event;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// A service that gives each app the answers it was told to, in order and then [Delivery.Accepted],
/// and remembers what it was sent.
final class ScriptedService implements OptuneService {
  private final Map<String, Queue<Delivery>> answers = new ConcurrentHashMap<>();
  private final LinkedBlockingQueue<String> received = new LinkedBlockingQueue<>();
  private final LinkedBlockingQueue<Event> told = new LinkedBlockingQueue<>();

  void script(String appId, Delivery... deliveries) {
    answers
        .computeIfAbsent(appId, absent -> new ConcurrentLinkedQueue<>())
        .addAll(List.of(deliveries));
  }

  @Override
  public Delivery deliver(Report report) {
    received.add(report.id());
    return next(report.appId());
  }

  @Override
  public Delivery tell(Event event, Duration within) {
    told.add(event);
    return next("_global_");
  }

  @Override
  public Reply ask(String appId, Event event, Duration within) {
    throw new UnsupportedOperationException(event.name());
  }

  /// The ids of the reports that came, in that order.
  Collection<String> received() {
    return received;
  }

  /// The next report that comes, awaited.
  String take() throws InterruptedException {
    return received.take();
  }

  /// The next event about the servo that comes, awaited.
  Event takeTold() throws InterruptedException {
    return told.take();
  }

  private Delivery next(String appId) {
    Queue<Delivery> scripted = answers.get(appId);
    Delivery next = scripted == null ? null : scripted.poll();
    return next == null ? new Delivery.Accepted() : next;
  }
}
