package io.multijob.servo.report;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One app's turn: delivers its pending reports, the oldest first, until some have gone, or one
/// does not go. The outbox is told at the turn's end of all that went: a crash before repeats them.
///
/// Used by one thread.
final class Turn {
  private static final Logger LOG = LoggerFactory.getLogger(Turn.class);

  /// So many reports, and it is the next app's turn.
  private static final int MAX_REPORTS = 16;

  private final String appId;
  private final Outbox outbox;
  private final OptuneService service;
  private final DeliveryListener listener;
  private final InstantSource clock;

  Turn(
      String appId,
      Outbox outbox,
      OptuneService service,
      DeliveryListener listener,
      InstantSource clock) {
    this.appId = appId;
    this.outbox = outbox;
    this.service = service;
    this.listener = listener;
    this.clock = clock;
  }

  /// How a turn ended.
  sealed interface End {

    /// The service has answered for each report.
    record Went() implements End {}

    /// One was not delivered, or the outbox could not be told that it was.
    ///
    /// @param atLeast how long to wait with the next turn in any case
    record Failed(String reason, Duration atLeast) implements End {}

    /// It was interrupted.
    record Stopped() implements End {}
  }

  /// The one place of its thread that catches everything.
  End take() {
    try {
      return deliver(outbox.pending(appId, MAX_REPORTS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new End.Stopped();
    } catch (IOException e) {
      return new End.Failed(String.valueOf(e.getMessage()), Duration.ZERO);
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).addKeyValue("app", appId).log("Delivery failed");
      return new End.Failed(e.getClass().getSimpleName(), Duration.ZERO);
    }
  }

  private End deliver(List<PendingReport> reports) throws IOException, InterruptedException {
    List<Report> accepted = new ArrayList<>();
    try {
      return deliver(reports, accepted);
    } finally {
      conclude(accepted);
    }
  }

  private void conclude(List<Report> accepted) throws IOException, InterruptedException {
    if (!accepted.isEmpty()) {
      outbox.delivered(accepted);
      accepted.forEach(listener::delivered);
    }
  }

  private End deliver(List<PendingReport> reports, List<Report> accepted)
      throws IOException, InterruptedException {
    for (PendingReport pending : reports) {
      Report report = pending.report();
      switch (attempt(pending)) {
        case Delivery.Accepted() -> accepted.add(report);
        case Delivery.Refused(String reason) -> {
          LOG.atError()
              .addKeyValue("report", report.id())
              .addKeyValue("app", appId)
              .addKeyValue("reason", reason)
              .log("Service refused a report, it was set aside");
          outbox.setAside(report, reason);
        }
        case Delivery.Unreachable(String reason, Duration pause) -> {
          return new End.Failed(reason, pause);
        }
      }
    }
    return new End.Went();
  }

  private Delivery attempt(PendingReport pending) throws InterruptedException {
    long begin = System.nanoTime();
    Delivery delivery = service.deliver(pending.report());
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    listener.attempted(delivery, Duration.between(pending.since(), clock.instant()), took);
    return delivery;
  }
}
