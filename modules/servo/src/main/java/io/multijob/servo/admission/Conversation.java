package io.multijob.servo.admission;

import io.multijob.protocol.Description;
import io.multijob.servo.conversation.Agreement;
import java.util.function.Supplier;

/// Asks the service what it wants of an app whose pod is about to start. Called by many threads at
/// once.
@FunctionalInterface
public interface Conversation {

  /// Nobody is asked.
  Conversation NONE = (appId, description) -> new Agreement.Unchanged("no conversation");

  /// What is agreed on, within the time that a conversation may take.
  ///
  /// @param description made when the service asks for it
  Agreement before(String appId, Supplier<Description> description) throws InterruptedException;

  /// What would be agreed on if the service did not answer. Asks nobody and changes nothing.
  default Agreement withoutAsking(String appId) {
    return new Agreement.Unchanged("the service was not asked");
  }
}
