package io.multijob.servo.watch;

import org.jspecify.annotations.Nullable;

/// Gives equal values as one object, so that what many pods have in common is kept once. Bounded: a
/// newer value takes the place of an older one.
///
/// Not thread-safe.
final class Pool<T> {
  private static final int SLOTS = 1 << 10;

  private final @Nullable Object[] slots = new @Nullable Object[SLOTS];

  T get(T value) {
    int hash = value.hashCode();
    int slot = (hash ^ (hash >>> 16)) & (SLOTS - 1);
    Object pooled = slots[slot];
    if (pooled != null && value.equals(pooled)) {
      @SuppressWarnings("unchecked") // equal to a T: a record's equals holds for its own type only
      T same = (T) pooled;
      return same;
    }
    slots[slot] = value;
    return value;
  }
}
