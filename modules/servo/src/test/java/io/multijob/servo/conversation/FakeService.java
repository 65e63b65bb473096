package io.multijob.servo.conversation;

import io.multijob.protocol.Answer;
import io.multijob.protocol.Command;
import io.multijob.protocol.Event;
import io.multijob.servo.report.Delivery;
import io.multijob.servo.report.OptuneService;
import io.multijob.servo.report.Reply;
import io.multijob.servo.report.Report;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// A service without HTTP that takes reports and answers as it is told to, and remembers both.
final class FakeService implements OptuneService {
  final LinkedBlockingQueue<Report> reports = new LinkedBlockingQueue<>();
  final LinkedBlockingQueue<String> asked = new LinkedBlockingQueue<>();
  final Queue<Delivery> deliveries = new ConcurrentLinkedQueue<>();
  private volatile Command command = new Command.Measure();

  void commands(Command other) {
    command = other;
  }

  @Override
  public Delivery deliver(Report report) {
    reports.add(report);
    Delivery next = deliveries.poll();
    return next == null ? new Delivery.Accepted() : next;
  }

  @Override
  public Delivery tell(Event event, Duration within) {
    throw new UnsupportedOperationException(event.name());
  }

  @Override
  public Reply ask(String appId, Event event, Duration within) {
    asked.add(appId + " " + event.name());
    return new Reply.Answered(new Answer.Commanded(command));
  }
}
