package io.multijob.servo.report;

import io.multijob.protocol.Answer;
import java.time.Duration;

/// What came of one question to the service.
public sealed interface Reply {

  /// The service has taken the event, and asks for this.
  record Answered(Answer answer) implements Reply {}

  /// The service has taken the event, and asks for something that cannot be understood.
  record Garbled(String reason) implements Reply {}

  /// The service will never take the event.
  record Refused(String reason) implements Reply {}

  /// The service may or may not have the event, and has not answered.
  ///
  /// @param pause how long it asks us to wait at least; zero when it does not say
  record Unreachable(String reason, Duration pause) implements Reply {}
}
