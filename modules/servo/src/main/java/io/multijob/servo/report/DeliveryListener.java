package io.multijob.servo.report;

import java.time.Duration;

/// Is told what becomes of what is sent, for metrics. Called by many threads; must not block.
public interface DeliveryListener {

  /// An attempt to deliver a report has ended.
  ///
  /// @param waited since the outbox took it
  /// @param took the attempt alone
  void attempted(Delivery delivery, Duration waited, Duration took);

  /// The service has acknowledged the report, and the outbox knows it.
  void delivered(Report report);

  /// An event about the servo itself was sent, or given up.
  ///
  /// @param event its name, such as `HELLO`
  void told(String event, Delivery last);
}
