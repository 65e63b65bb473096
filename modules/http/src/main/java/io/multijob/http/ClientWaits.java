package io.multijob.http;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.LinkedHashSet;
import java.util.concurrent.locks.ReentrantLock;

/// The threads that wait for a client: for its handshake, its request, or until it has taken its
/// answer. There are never more than a bound: with one more, the one that has waited longest is
/// interrupted, which closes its connection. An honest client takes milliseconds, so it is one that
/// says nothing, or trickles; such clients hold up themselves alone.
///
/// Thread-safe.
final class ClientWaits {
  private final int most;
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private final LinkedHashSet<Thread> waiting = new LinkedHashSet<>(); // the longest first

  ClientWaits(int most) {
    this.most = most;
  }

  /// This thread waits for its client from now on.
  void begin() {
    lock.lock();
    try {
      waiting.add(Thread.currentThread());
      if (waiting.size() > most) {
        waiting.removeFirst().interrupt();
      }
    } finally {
      lock.unlock();
    }
  }

  /// It waits no more.
  ///
  /// @return false if it was interrupted meanwhile, or did not wait
  boolean end() {
    lock.lock();
    try {
      return waiting.remove(Thread.currentThread());
    } finally {
      lock.unlock();
    }
  }
}
