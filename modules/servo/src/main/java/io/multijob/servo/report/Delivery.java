package io.multijob.servo.report;

import java.time.Duration;

/// How one attempt to deliver something to the service ended.
public sealed interface Delivery {

  /// The service has it.
  record Accepted() implements Delivery {}

  /// The service will never take it; sending it again is useless.
  record Refused(String reason) implements Delivery {}

  /// The service may or may not have it; send it again later.
  ///
  /// @param pause how long the service asks us to wait at least; zero when it does not say
  record Unreachable(String reason, Duration pause) implements Delivery {}
}
