package io.multijob.protocol;

import java.util.Random;

/// Values at the edges and between them: the same seed makes the same values.
final class RandomValues {
  private static final int[] TROUBLE = {
    '"', '\\', '/', '\n', '\t', 0, 0x1f, 0x7f, '{', '}', '%', '?', '&', '+', '.', ' ', 0xe9, 0x2028,
    0xfeff, 0xfffd, 0x1f600, 0x10ffff
  };

  private final Random random;

  RandomValues(long seed) {
    random = new Random(seed);
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  /// From no characters to a dozen.
  String text() {
    var text = new StringBuilder();
    for (int i = below(13); i > 0; i--) {
      text.appendCodePoint(below(3) == 0 ? TROUBLE[below(TROUBLE.length)] : ' ' + below(95));
    }
    return text.toString();
  }

  /// Not negative, of any size that a wire number may have.
  double amount() {
    return switch (below(5)) {
      case 0 -> 0;
      case 1 -> below(1_000);
      case 2 -> random.nextLong(1L << 53);
      case 3 -> random.nextDouble();
      default -> random.nextDouble() * Math.pow(10, below(200) - 100);
    };
  }

  double signed() {
    double amount = amount();
    return below(2) == 0 || amount == 0 ? amount : -amount;
  }

  /// Any from 0 to `max`, the ends more often than others.
  long upTo(long max) {
    return switch (below(4)) {
      case 0 -> 0;
      case 1 -> max;
      default -> random.nextLong(max);
    };
  }
}
