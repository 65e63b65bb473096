package io.multijob.servo.conversation;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/// The uids of pods that were seen lately. Bounded: those that came long ago are forgotten, unless
/// they came again.
///
/// Thread-safe.
final class RecentUids {
  private static final int RECENT = 1 << 14;

  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private Set<String> recent = new HashSet<>();

  @GuardedBy("lock")
  private Set<String> older = new HashSet<>();

  /// Adds one.
  ///
  /// @return true if it was not there
  boolean add(String uid) {
    lock.lock();
    try {
      if (recent.contains(uid)) {
        return false;
      }
      if (recent.size() == RECENT) {
        older = recent;
        recent = new HashSet<>();
      }
      recent.add(uid);
      return !older.contains(uid);
    } finally {
      lock.unlock();
    }
  }

  void remove(String uid) {
    lock.lock();
    try {
      recent.remove(uid);
      older.remove(uid);
    } finally {
      lock.unlock();
    }
  }
}
