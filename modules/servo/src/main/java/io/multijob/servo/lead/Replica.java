package io.multijob.servo.lead;

/// What a replica does when it comes to lead, and when it leads no more. Called by one thread.
public interface Replica {

  /// Begins to act.
  void lead();

  /// Acts no more when this returns. Bounded: another waits.
  void retire(Ending ending);

  /// Why a replica leads no more.
  enum Ending {
    /// It is stopped, and has the lease until it has ended in good order.
    STOPPED,
    /// The lease is lost, or will be soon: what it has begun is left to the next one.
    LOST
  }
}
