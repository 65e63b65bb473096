package io.multijob.servo.stats;

import java.util.LinkedHashSet;
import java.util.Set;

/// The uids of the pods that are gone and reported, the latest of them: figures that podmon posts
/// for one of these come too late, not from a stranger.
///
/// Not thread-safe: belongs to [RunTracker], which guards it by its lock.
final class RecentlyGone {
  private static final int REMEMBERED = 10_000;

  private final Set<String> uids = new LinkedHashSet<>();

  void add(String uid) {
    uids.add(uid);
    if (uids.size() > REMEMBERED) {
      uids.remove(uids.iterator().next());
    }
  }

  boolean contains(String uid) {
    return uids.contains(uid);
  }
}
