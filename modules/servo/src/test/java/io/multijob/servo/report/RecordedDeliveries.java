package io.multijob.servo.report;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Remembers what it is told.
final class RecordedDeliveries implements DeliveryListener {
  final List<Delivery> attempts = new CopyOnWriteArrayList<>();
  final List<Duration> waits = new CopyOnWriteArrayList<>();
  final List<String> delivered = new CopyOnWriteArrayList<>();
  final List<String> told = new CopyOnWriteArrayList<>();

  @Override
  public void attempted(Delivery delivery, Duration waited, Duration took) {
    attempts.add(delivery);
    waits.add(waited);
  }

  @Override
  public void delivered(Report report) {
    delivered.add(report.id());
  }

  @Override
  public void told(String event, Delivery last) {
    told.add(event + " " + last.getClass().getSimpleName());
  }
}
