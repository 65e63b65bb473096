package io.multijob.servo;

import io.multijob.protocol.EventJson;
import io.multijob.servo.mark.PodMarker;
import io.multijob.servo.measurement.Measurements;
import io.multijob.servo.measurement.Run;
import io.multijob.servo.report.Outbox;
import io.multijob.servo.report.OutboxDispatcher;
import io.multijob.servo.report.Report;
import io.multijob.servo.stats.RunSink;
import java.io.IOException;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts each run that is over into the outbox, as the report that the service gets.
///
/// Thread-safe.
final class Reports implements RunSink {
  private static final Logger LOG = LoggerFactory.getLogger(Reports.class);

  private final Outbox outbox;
  private final OutboxDispatcher dispatcher;
  private final PodMarker marker;

  Reports(Outbox outbox, OutboxDispatcher dispatcher, PodMarker marker) {
    this.outbox = outbox;
    this.dispatcher = dispatcher;
    this.marker = marker;
  }

  @Override
  public boolean knows(Run run) throws IOException {
    boolean known = outbox.knows(run.id());
    if (known && outbox.isDelivered(run.id())) {
      marker.reported(run.pod().identity().toRef()); // the last time it could not be, or was lost
    }
    return known;
  }

  @Override
  public void keep(Run run) throws IOException, InterruptedException {
    outbox.keep(report(run));
  }

  @Override
  public void takeKept(Predicate<String> tracked) throws IOException, InterruptedException {
    int taken = outbox.admitKept(tracked);
    if (taken > 0) {
      LOG.atInfo()
          .addKeyValue("reports", taken)
          .log("Runs whose pods have gone while the servo was down are reported as they were seen");
      dispatcher.wake();
    }
  }

  @Override
  public void put(Run run) throws IOException, InterruptedException {
    outbox.put(report(run));
    dispatcher.wake();
  }

  private static Report report(Run run) {
    return new Report(run.id(), run.appId(), EventJson.write(Measurements.of(run)));
  }
}
