package io.multijob.servo;

import io.multijob.protocol.EventJson;
import io.multijob.servo.measurement.Measurements;
import io.multijob.servo.measurement.Run;
import io.multijob.servo.report.Outbox;
import io.multijob.servo.report.OutboxDispatcher;
import io.multijob.servo.report.Report;
import io.multijob.servo.stats.RunSink;
import java.io.IOException;

/// Puts each run that is over into the outbox, as the report that the service gets.
///
/// Thread-safe.
final class Reports implements RunSink {
  private final Outbox outbox;
  private final OutboxDispatcher dispatcher;

  Reports(Outbox outbox, OutboxDispatcher dispatcher) {
    this.outbox = outbox;
    this.dispatcher = dispatcher;
  }

  @Override
  public boolean knows(String runId) throws IOException {
    return outbox.knows(runId);
  }

  @Override
  public void put(Run run) throws IOException, InterruptedException {
    outbox.put(new Report(run.id(), run.appId(), EventJson.write(Measurements.of(run))));
    dispatcher.wake();
  }
}
