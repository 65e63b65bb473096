package io.multijob.servo.kubernetes;

import java.io.IOException;
import java.io.InputStream;

/// An answer of the API server whose body comes as it is read.
///
/// @param retryAfter the header as sent; empty when there is none
/// @param body read by one thread; closing it ends the connection
public record ApiResponse(int status, String retryAfter, InputStream body)
    implements AutoCloseable {

  public boolean ok() {
    return status == 200;
  }

  @Override
  public void close() throws IOException {
    body.close();
  }
}
