package io.multijob.servo.report;

import io.multijob.protocol.Event;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;

/// A service that only takes reports, as a test says how.
@FunctionalInterface
interface DeliveringService extends OptuneService {

  Delivery take(Report report) throws IOException, InterruptedException;

  @Override
  default Delivery deliver(Report report) throws InterruptedException {
    try {
      return take(report);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  default Delivery tell(Event event, Duration within) {
    throw new UnsupportedOperationException(event.name());
  }

  @Override
  default Reply ask(String appId, Event event, Duration within) {
    throw new UnsupportedOperationException(event.name());
  }
}
