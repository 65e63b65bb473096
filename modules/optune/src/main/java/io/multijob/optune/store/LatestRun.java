package io.multijob.optune.store;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// The number of the newest run, and a place to wait for a newer one. Thread-safe.
final class LatestRun {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition moved = lock.newCondition();
  private volatile long number; // written under the lock

  LatestRun(long number) {
    this.number = number;
  }

  long number() {
    return number;
  }

  void moveTo(long newest) {
    lock.lock();
    try {
      number = newest;
      moved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Waits until there is a run newer than the given one, no longer than the patience lasts.
  void awaitNewerThan(long known, Duration patience) throws InterruptedException {
    long left = patience.toNanos();
    lock.lock();
    try {
      while (number <= known && left > 0) {
        left = moved.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }
}
