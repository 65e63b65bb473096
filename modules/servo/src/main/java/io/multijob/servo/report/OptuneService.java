package io.multijob.servo.report;

import io.multijob.protocol.Event;
import java.time.Duration;

/// Where reports go, and who is asked what to do next. Called by many threads at once.
public interface OptuneService {

  /// Makes one attempt to deliver `report`, within a bounded time.
  Delivery deliver(Report report) throws InterruptedException;

  /// Makes one attempt to tell of something that concerns the servo itself.
  ///
  /// @param within how long it may take
  Delivery tell(Event event, Duration within) throws InterruptedException;

  /// Makes one attempt to tell of something that concerns an app, for the sake of the answer.
  ///
  /// @param within how long it may take, to the end of the answer
  Reply ask(String appId, Event event, Duration within) throws InterruptedException;
}
