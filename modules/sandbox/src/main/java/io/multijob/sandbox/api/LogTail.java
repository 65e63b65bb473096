package io.multijob.sandbox.api;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/// Finds where the last lines of a file begin, reading it from its end.
final class LogTail {
  private static final int BLOCK_BYTES = 1 << 13;

  private LogTail() {}

  /// The offset at which the last `lines` lines begin. A last line without an end counts as one.
  static long startOf(Path file, long lines) throws IOException {
    try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
      long size = in.length();
      if (lines == 0 || size == 0) {
        return size;
      }
      // The line break before the wanted lines is the one after `lines` others, the last byte
      // of the file aside: that ends the last line.
      long breaks = 0;
      byte[] block = new byte[BLOCK_BYTES];
      for (long end = size - 1; end > 0; end -= Math.min(BLOCK_BYTES, end)) {
        int length = (int) Math.min(BLOCK_BYTES, end);
        in.seek(end - length);
        in.readFully(block, 0, length);
        for (int i = length - 1; i >= 0; i--) {
          if (block[i] == '\n') {
            breaks++;
            if (breaks == lines) {
              return end - length + i + 1;
            }
          }
        }
      }
      return 0;
    }
  }
}
