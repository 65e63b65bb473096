package io.multijob.servo.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;

/// An answer of the API server whose body comes as it is read.
///
/// @param retryAfter the header as sent; empty when there is none
/// @param body read by one thread; closing it ends the connection
public record ApiResponse(int status, String retryAfter, InputStream body)
    implements AutoCloseable {
  private static final int MAX_TEXT_BYTES = 2 << 20;

  public boolean ok() {
    return status == 200;
  }

  /// The whole body of an answer that is about one object, or says what is wrong.
  ///
  /// @throws IOException if it breaks off, or is longer than 2 MiB
  public String text() throws IOException {
    byte[] bytes = body.readNBytes(MAX_TEXT_BYTES + 1);
    if (bytes.length > MAX_TEXT_BYTES) {
      throw new IOException("the answer is longer than " + MAX_TEXT_BYTES + " bytes");
    }
    return new String(bytes, UTF_8);
  }

  @Override
  public void close() throws IOException {
    body.close();
  }
}
