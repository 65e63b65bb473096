package io.multijob.protocol;

/// What the servo tells the service.
public sealed interface Event
    permits Hello, WhatsNext, Description, Adjustment, Measurement, Diag, Goodbye {

  /// The event's name in JSON, such as `WHATS_NEXT`.
  default String name() {
    return EventName.of(this).name();
  }
}
