package io.multijob.servo.lead;

/// What a replica does when it comes to lead, and when it leads no more. Called by one thread.
public interface Replica {

  /// Begins to act.
  void lead();

  /// Acts no more when this returns. Bounded: another waits.
  void retire();
}
