package io.multijob.servo;

import io.multijob.servo.observe.ServoMetrics;
import io.multijob.servo.report.Outbox;
import io.multijob.servo.report.OutboxRoom;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Shows the state of the servo's parts as metrics. What only the replica that acts has is 0 in the
/// others.
final class Gauges {
  private static final Logger LOG = LoggerFactory.getLogger(Gauges.class);

  private static final double MILLIS = 1e3;

  private final ServoMetrics metrics;
  private final Supplier<Optional<Acting>> acting;

  /// @param acting the parts that act, if they do now
  Gauges(ServoMetrics metrics, Supplier<Optional<Acting>> acting) {
    this.metrics = metrics;
    this.acting = acting;
  }

  void show(Outbox outbox, OutboxRoom room) {
    metrics.gauge(
        "servo_outbox_bytes", "How much of the outbox's file holds something.", outbox::bytes);
    metrics.gauge(
        "servo_outbox_room_bytes",
        "How much more can be stored, by the limit and on the disk.",
        () -> orUnknown(room::left));
    metrics.gauge(
        "servo_outbox_pending", "Reports that the service does not have yet.", outbox::pending);
    metrics.gauge(
        "servo_outbox_oldest_age_seconds",
        "How long the oldest of the pending reports has waited.",
        () -> orUnknown(() -> outbox.oldestAge().toMillis() / MILLIS));
    metrics.gauge(
        "servo_outbox_set_aside",
        "Reports that the service has refused, kept for a person.",
        () -> orUnknown(outbox::setAside));
  }

  void showActing() {
    metrics.gauge(
        "servo_leading", "1 in the replica that watches and reports.", () -> read(parts -> 1));
    metrics.gauge(
        "servo_pods_tracked",
        "Pods of ours that are known: live or just over.",
        () -> read(parts -> parts.tracker().tracked()));
    metrics.gauge(
        "servo_marks_waiting",
        "Marks on pods that wait to be written.",
        () -> read(parts -> parts.marker().waiting()));
    metrics.gauge(
        "servo_marks_denied",
        "1 while we may not patch pods somewhere.",
        () -> read(parts -> parts.marker().denied() ? 1 : 0));
    metrics.gauge(
        "servo_pods_held",
        "Pods that our finalizer keeps.",
        () -> read(parts -> parts.tracker().held()));
    metrics.gauge(
        "servo_pods_held_longest_seconds",
        "How long the pod is held whose run has ended first.",
        () -> read(parts -> parts.holds().longest().toMillis() / MILLIS));
  }

  private double read(ToDoubleFunction<Acting> figure) {
    return acting.get().map(figure::applyAsDouble).orElse(0.0);
  }

  private static double orUnknown(Figure figure) {
    try {
      return figure.read();
    } catch (IOException e) {
      LOG.atDebug().setCause(e).log("Outbox cannot be read");
      return Double.NaN;
    }
  }

  @FunctionalInterface
  private interface Figure {
    double read() throws IOException;
  }
}
