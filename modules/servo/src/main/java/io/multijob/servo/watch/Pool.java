package io.multijob.servo.watch;

import java.util.HashMap;
import java.util.Map;

/// Gives equal values as one object, so that what many pods have in common is kept once. Bounded:
/// what was not asked for in a while is forgotten.
///
/// Not thread-safe.
final class Pool<T> {
  private static final int RECENT = 1 << 12;

  private Map<T, T> recent = new HashMap<>();
  private Map<T, T> older = Map.of();

  T get(T value) {
    T pooled = recent.get(value);
    if (pooled != null) {
      return pooled;
    }
    T kept = older.getOrDefault(value, value);
    if (recent.size() == RECENT) {
      older = recent;
      recent = new HashMap<>();
    }
    recent.put(kept, kept);
    return kept;
  }
}
