package io.multijob.optune.store;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// How the values of one figure are spread: their number, sum, least and greatest exactly, and any
/// quantile within [#RELATIVE_ERROR]. Distributions add up, so that hours make days.
///
/// It is a histogram with buckets that grow geometrically, as in "DDSketch: a fast and
/// fully-mergeable quantile sketch with relative-error guarantees" (VLDB 2019). Not thread-safe.
final class Distribution {

  /// A quantile differs from the true value by no more than this part of it.
  static final double RELATIVE_ERROR = 0.0025;

  private static final double LOG_GAMMA = Math.log((1 + RELATIVE_ERROR) / (1 - RELATIVE_ERROR));

  /// Values outside are counted at the border: no duration in seconds and no memory in bytes is.
  private static final double SMALLEST = 1e-6;

  private static final double GREATEST = 1e15;

  private static final int LOWEST_BUCKET = bucketOf(0);

  private static final byte[] FORMAT = "d1".getBytes(US_ASCII);
  private static final int FIXED_BYTES = 2 + 4 * Long.BYTES;
  private static final int MAX_VARINT_BYTES = 10;

  private long count;
  private double sum;
  private double least = Double.POSITIVE_INFINITY;
  private double greatest = Double.NEGATIVE_INFINITY;
  private int firstBucket; // of counts[0]
  private long[] counts = {};

  /// @param value finite and not negative
  void add(double value) {
    if (!Double.isFinite(value) || value < 0) {
      throw new IllegalArgumentException("not an amount: " + value);
    }
    count++;
    sum += value;
    least = Math.min(least, value);
    greatest = Math.max(greatest, value);
    add(bucketOf(value), 1);
  }

  void addAll(Distribution other) {
    count += other.count;
    sum += other.sum;
    least = Math.min(least, other.least);
    greatest = Math.max(greatest, other.greatest);
    for (int i = 0; i < other.counts.length; i++) {
      if (other.counts[i] > 0) {
        add(other.firstBucket + i, other.counts[i]);
      }
    }
  }

  long count() {
    return count;
  }

  double sum() {
    return sum;
  }

  /// The least value that at least the given part of the values do not exceed.
  ///
  /// @param part over 0 and at most 1: 0.5 for the median
  /// @throws IllegalStateException if there are no values
  double quantile(double part) {
    if (count == 0) {
      throw new IllegalStateException("no values, no quantile");
    }
    long rank = Math.max(1, (long) Math.ceil(part * count));
    if (rank == 1 || rank == count) {
      return rank == 1 ? least : greatest;
    }
    long seen = 0;
    for (int i = 0; i < counts.length; i++) {
      seen += counts[i];
      if (seen >= rank) {
        return Math.clamp(middleOf(firstBucket + i), least, greatest);
      }
    }
    return greatest;
  }

  /// The stored form: format, count, sum, least, greatest, then for each bucket that is not empty
  /// its distance from the one before and its count, both as LEB128.
  byte[] encode() {
    ByteBuffer out = ByteBuffer.allocate(FIXED_BYTES + (counts.length + 1) * 2 * MAX_VARINT_BYTES);
    out.put(FORMAT).putLong(count).putDouble(sum).putDouble(least).putDouble(greatest);
    int previous = 0;
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 0) {
        int bucket = firstBucket + i;
        putVarint(out, zigzag(bucket - previous));
        putVarint(out, counts[i]);
        previous = bucket;
      }
    }
    return Arrays.copyOf(out.array(), out.position());
  }

  /// @throws IllegalArgumentException if the bytes are not what [#encode()] makes
  static Distribution decode(byte[] bytes) {
    if (bytes.length < FIXED_BYTES || !Arrays.equals(bytes, 0, 2, FORMAT, 0, 2)) {
      throw new IllegalArgumentException("not a distribution: " + bytes.length + " bytes");
    }
    ByteBuffer in = ByteBuffer.wrap(bytes, FORMAT.length, bytes.length - FORMAT.length);
    Distribution distribution = new Distribution();
    distribution.count = in.getLong();
    distribution.sum = in.getDouble();
    distribution.least = in.getDouble();
    distribution.greatest = in.getDouble();
    try {
      int bucket = 0;
      while (in.hasRemaining()) {
        bucket += unzigzag(getVarint(in));
        distribution.add(bucket, getVarint(in));
      }
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("a distribution that was cut off", e);
    }
    return distribution;
  }

  private void add(int bucket, long more) {
    if (counts.length == 0) {
      firstBucket = bucket;
      counts = new long[1];
    }
    if (bucket < firstBucket) {
      int room = Math.max(firstBucket - bucket, counts.length / 2);
      long[] wider = new long[counts.length + room];
      System.arraycopy(counts, 0, wider, room, counts.length);
      counts = wider;
      firstBucket -= room;
    }
    if (bucket - firstBucket >= counts.length) {
      int needed = bucket - firstBucket + 1;
      counts = Arrays.copyOf(counts, Math.max(needed, counts.length + counts.length / 2));
    }
    counts[bucket - firstBucket] += more;
  }

  private static int bucketOf(double value) {
    return (int) Math.ceil(Math.log(Math.clamp(value, SMALLEST, GREATEST)) / LOG_GAMMA);
  }

  /// The value that is at most [#RELATIVE_ERROR] away from both ends of the bucket.
  private static double middleOf(int bucket) {
    return bucket == LOWEST_BUCKET ? 0 : Math.exp(bucket * LOG_GAMMA) * (1 - RELATIVE_ERROR);
  }

  private static int zigzag(int value) {
    return (value << 1) ^ (value >> 31);
  }

  private static int unzigzag(long value) {
    int bits = (int) value;
    return (bits >>> 1) ^ -(bits & 1);
  }

  private static void putVarint(ByteBuffer out, long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      out.put((byte) ((rest & 0x7F) | 0x80));
      rest >>>= 7;
    }
    out.put((byte) rest);
  }

  private static long getVarint(ByteBuffer in) {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte next = in.get();
      value |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw new IllegalArgumentException("a number longer than 64 bits");
  }
}
