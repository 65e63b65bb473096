package io.multijob.servo.watch;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// A stream that knows whether its end was reached: what cannot be parsed there was cut off, and is
/// no garbage.
final class EndNoting extends FilterInputStream {
  private boolean ended;

  EndNoting(InputStream in) {
    super(in);
  }

  boolean ended() {
    return ended;
  }

  @Override
  public int read() throws IOException {
    int read = super.read();
    ended |= read < 0;
    return read;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int read = super.read(into, offset, length);
    ended |= read < 0;
    return read;
  }
}
