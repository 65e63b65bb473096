package io.multijob.protocol;

/// An amount of memory. Never negative.
public record Memory(long bytes) implements Comparable<Memory> {
  public static final Memory ZERO = new Memory(0);

  private static final long BYTES_PER_MEBIBYTE = 1L << 20;

  public Memory {
    if (bytes < 0) {
      throw new IllegalArgumentException("memory is negative: " + bytes + " bytes");
    }
  }

  public static Memory ofMebibytes(long mebibytes) {
    return new Memory(Math.multiplyExact(mebibytes, BYTES_PER_MEBIBYTE));
  }

  public Memory plus(Memory other) {
    return new Memory(Math.addExact(bytes, other.bytes));
  }

  @Override
  public int compareTo(Memory other) {
    return Long.compare(bytes, other.bytes);
  }

  /// The amount as Kubernetes writes it: `512Mi`, or `1000` where Mi would round.
  @Override
  public String toString() {
    return bytes > 0 && bytes % BYTES_PER_MEBIBYTE == 0
        ? bytes / BYTES_PER_MEBIBYTE + "Mi"
        : Long.toString(bytes);
  }
}
