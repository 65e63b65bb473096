package io.multijob.bench.api;

import java.io.IOException;
import java.io.InputStream;

/// The content of an answer that comes in chunks (RFC 9112, section 7.1), up to its end. Closing it
/// leaves the connection open.
final class ChunkedInput extends InputStream {
  private final InputStream in;
  private int left; // of the chunk
  private boolean begun;
  private boolean ended;

  ChunkedInput(InputStream in) {
    this.in = in;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (left == 0 && !ended) {
      nextChunk();
    }
    if (ended) {
      return -1;
    }
    int read = in.read(into, offset, Math.min(length, left));
    if (read < 0) {
      throw new IOException("the connection ended within a chunk");
    }
    left -= read;
    return read;
  }

  private void nextChunk() throws IOException {
    if (begun) {
      ApiConnection.readLine(in); // behind the content of the chunk before
    }
    begun = true;
    left = Integer.parseInt(ApiConnection.readLine(in), 16);
    if (left == 0) {
      ended = true;
      ApiConnection.readLine(in);
    }
  }
}
