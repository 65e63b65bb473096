package io.multijob.servo.conversation;

import java.time.Duration;

/// Is told what comes of conversations, for metrics. Called by many threads; must not block.
public interface ConversationListener {

  /// A pod has its answer.
  ///
  /// @param took for how long the pod waited
  void ended(Agreement agreement, Ending ending, Duration took);
}
