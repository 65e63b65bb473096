package io.multijob.e2e.chaos.ledger;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Takes down what befalls the servo, while it does. Thread-safe.
public final class CourseRecord {
  private final Object lock = new Object();

  @GuardedBy("lock")
  private final List<ServoLife> lives = new ArrayList<>();

  @GuardedBy("lock")
  private final List<Deafness> deafness = new ArrayList<>();

  @GuardedBy("lock")
  private final List<Disturbance> disturbances = new ArrayList<>();

  /// A servo is about to be started.
  ///
  /// @return its number
  public int started(Instant at) {
    synchronized (lock) {
      lives.add(ServoLife.started(lives.size() + 1, at));
      return lives.size();
    }
  }

  /// The servo that was started last is ready.
  public void ready(Instant at) {
    synchronized (lock) {
      lives.add(lives.removeLast().ready(at));
    }
  }

  /// The servo that was started last is about to be killed.
  public void killed(Instant at) {
    synchronized (lock) {
      lives.add(lives.removeLast().killed(at));
    }
  }

  /// The servo is about to hear nothing more.
  ///
  /// @return what to tell to [#hearsAgain]
  public Deafness hearsNothing(Deafness.Kind kind, Instant from) {
    synchronized (lock) {
      Deafness begun = new Deafness(kind, from, Instant.MAX);
      deafness.add(begun);
      return begun;
    }
  }

  /// The servo hears again what the API server says.
  public void hearsAgain(Deafness begun, Instant to) {
    synchronized (lock) {
      deafness.remove(begun);
      deafness.add(new Deafness(begun.kind(), begun.from(), to));
    }
  }

  /// The service did not take what it was told at once.
  public void disturbed(Disturbance disturbance) {
    synchronized (lock) {
      disturbances.add(disturbance);
    }
  }

  /// What was taken down so far.
  public Course course() {
    synchronized (lock) {
      return new Course(lives, deafness, disturbances);
    }
  }
}
