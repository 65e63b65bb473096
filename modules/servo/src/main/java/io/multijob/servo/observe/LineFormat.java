package io.multijob.servo.observe;

import java.time.Instant;
import org.slf4j.event.LoggingEvent;

/// The form of a log line.
sealed interface LineFormat permits TextFormat, JsonFormat {

  /// The event as a line with its end; a stack trace may follow it.
  String line(LoggingEvent event, Instant at);
}
