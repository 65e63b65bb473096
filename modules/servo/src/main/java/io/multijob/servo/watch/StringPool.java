package io.multijob.servo.watch;

import org.jspecify.annotations.Nullable;

/// Gives equal strings as one object, without making them again: most words of a pod are those of
/// the pod before. Bounded: a newer word takes the place of an older one.
///
/// Not thread-safe.
final class StringPool {
  private static final int SLOTS = 1 << 13;
  private static final int LONGEST = 512;

  private final @Nullable String[] slots = new @Nullable String[SLOTS];

  String get(char[] chars, int offset, int length) {
    if (length == 0) {
      return "";
    }
    if (length > LONGEST) {
      return new String(chars, offset, length);
    }
    int slot = slot(chars, offset, length);
    String pooled = slots[slot];
    if (pooled != null && equal(pooled, chars, offset, length)) {
      return pooled;
    }
    String made = new String(chars, offset, length);
    slots[slot] = made;
    return made;
  }

  private static int slot(char[] chars, int offset, int length) {
    int hash = 0;
    for (int i = offset; i < offset + length; i++) {
      hash = 31 * hash + chars[i];
    }
    return (hash ^ (hash >>> 16)) & (SLOTS - 1);
  }

  private static boolean equal(String pooled, char[] chars, int offset, int length) {
    if (pooled.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (pooled.charAt(i) != chars[offset + i]) {
        return false;
      }
    }
    return true;
  }
}
