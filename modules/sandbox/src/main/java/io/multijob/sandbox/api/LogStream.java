package io.multijob.sandbox.api;

import io.multijob.http.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/// Copies a container's log to a client; for one that follows, until the container has ended.
///
/// @param ended whether the container writes no more; asked before each look at the file, so that
///   nothing is missed
record LogStream(Path file, LogOptions options, BooleanSupplier ended) implements Response.Writer {
  private static final int BUFFER_BYTES = 1 << 14;
  private static final long PAUSE_MILLIS = 100;

  @Override
  public void write(OutputStream out) throws IOException, InterruptedException {
    long left = options.limitBytes().orElse(Long.MAX_VALUE);
    try (InputStream in = Files.newInputStream(file)) {
      if (options.tailLines().isPresent()) {
        in.skipNBytes(LogTail.startOf(file, options.tailLines().getAsLong()));
      }
      while (true) {
        boolean last = options.mode() == LogOptions.Mode.ONCE || ended.getAsBoolean();
        left -= copy(in, out, left);
        if (last || left == 0) {
          return;
        }
        out.flush();
        Thread.sleep(PAUSE_MILLIS);
      }
    }
  }

  /// Copies what is there, no more than `most` bytes, and says how much that was.
  private static long copy(InputStream in, OutputStream out, long most) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    long copied = 0;
    while (copied < most) {
      int read = in.read(buffer, 0, (int) Math.min(buffer.length, most - copied));
      if (read < 0) {
        return copied;
      }
      out.write(buffer, 0, read);
      copied += read;
    }
    return copied;
  }
}
