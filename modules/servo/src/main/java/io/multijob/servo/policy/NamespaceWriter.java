package io.multijob.servo.policy;

import java.time.Duration;
import java.util.Map;
import java.util.function.Function;

/// Changes the annotations of namespaces.
interface NamespaceWriter {

  /// Writes what `plan` makes of the annotations that the namespace has.
  ///
  /// @param plan from what is there to what is to change: a value for each name, empty to take it
  ///   away
  Outcome write(String namespace, Function<Map<String, String>, Map<String, String>> plan)
      throws InterruptedException;

  /// How one attempt ended.
  sealed interface Outcome {

    /// It is written.
    record Written() implements Outcome {}

    /// There was nothing to change.
    record Unchanged() implements Outcome {}

    /// The namespace is no more.
    record Gone() implements Outcome {}

    /// We may not read or patch that namespace.
    record Denied(String reason) implements Outcome {}

    /// The API server will not take this patch; trying it again is useless.
    record Refused(String reason) implements Outcome {}

    /// Nobody knows; try again.
    ///
    /// @param atLeast how long to wait in any case
    record Later(String reason, Duration atLeast) implements Outcome {}
  }
}
