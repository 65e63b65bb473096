package io.multijob.servo.report;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// How many reports of each app are pending, kept beside the tables so that nobody has to count.
///
/// Thread-safe; counts are added by one thread.
final class PendingCounts {
  private final Map<String, Integer> byApp = new ConcurrentHashMap<>();
  private final AtomicLong total = new AtomicLong();
  private final AtomicLong adoptions = new AtomicLong();

  /// @param more by how many those of each app have become more, or fewer
  void add(Map<String, Integer> more) {
    more.forEach((app, count) -> {
      int now = byApp.getOrDefault(app, 0) + count;
      if (now == 0) {
        byApp.remove(app);
      } else {
        byApp.put(app, now);
      }
      total.addAndGet(count);
    });
  }

  /// Another process has added some.
  void noteAdopted() {
    adoptions.incrementAndGet();
  }

  /// How often another process had added some.
  long adoptions() {
    return adoptions.get();
  }

  /// The counts as they are now.
  Map<String, Integer> byApp() {
    return Map.copyOf(byApp);
  }

  /// The apps that have pending reports.
  Set<String> apps() {
    return byApp.keySet();
  }

  boolean has(String app) {
    return byApp.containsKey(app);
  }

  long total() {
    return total.get();
  }
}
