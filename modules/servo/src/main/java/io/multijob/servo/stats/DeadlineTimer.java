package io.multijob.servo.stats;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.multijob.servo.loop.PassLoop;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Calls back when the deadlines of runs have passed.
///
/// Thread-safe. All calls come from one thread, the timer's own.
final class DeadlineTimer implements AutoCloseable {
  private static final Duration IDLE_PAUSE = Duration.ofHours(1);

  private final InstantSource clock;
  private final Expiry expiry;
  private final PassLoop loop = new PassLoop("run-deadlines", this::runPass);
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition sooner = lock.newCondition();

  @GuardedBy("lock")
  private final PriorityQueue<Deadline> deadlines =
      new PriorityQueue<>(Comparator.comparing(Deadline::at));

  DeadlineTimer(InstantSource clock, Expiry expiry) {
    this.clock = clock;
    this.expiry = expiry;
  }

  /// Is told whose deadline has passed.
  @FunctionalInterface
  interface Expiry {
    void passed(String id) throws InterruptedException;
  }

  private record Deadline(Instant at, String id) {}

  void start() {
    loop.start();
  }

  void add(Instant at, String id) {
    lock.lock();
    try {
      deadlines.add(new Deadline(at, id));
      sooner.signal();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    loop.close();
  }

  private void runPass() throws InterruptedException {
    awaitDue();
    expire();
  }

  /// Tells of each deadline that has passed.
  void expire() throws InterruptedException {
    for (String id : due(clock.instant())) {
      expiry.passed(id);
    }
  }

  private List<String> due(Instant now) {
    List<String> due = new ArrayList<>();
    lock.lock();
    try {
      Deadline next = deadlines.peek();
      while (next != null && !next.at().isAfter(now)) {
        due.add(deadlines.remove().id());
        next = deadlines.peek();
      }
    } finally {
      lock.unlock();
    }
    return due;
  }

  private void awaitDue() throws InterruptedException {
    lock.lock();
    try {
      Duration left = untilNext();
      while (left.isPositive()) {
        var _ = sooner.awaitNanos(left.toNanos());
        left = untilNext();
      }
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private Duration untilNext() {
    Deadline next = deadlines.peek();
    return next == null ? IDLE_PAUSE : Duration.between(clock.instant(), next.at());
  }
}
