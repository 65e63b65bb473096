package io.multijob.servo.conversation;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Remembers how conversations ended.
final class RecordedConversations implements ConversationListener {
  private final List<Ending> endings = new CopyOnWriteArrayList<>();

  @Override
  public void ended(Agreement agreement, Ending ending, Duration took) {
    endings.add(ending);
  }

  List<Ending> endings() {
    return List.copyOf(endings);
  }
}
