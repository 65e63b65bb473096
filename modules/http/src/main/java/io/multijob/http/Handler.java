package io.multijob.http;

import java.io.IOException;

/// Answers the requests of an [HttpListener]. Called by many threads at once.
@FunctionalInterface
public interface Handler {

  /// Answers one request.
  ///
  /// @throws IOException for a failure that the client learns of as a bare 500
  Response handle(Request request) throws IOException, InterruptedException;
}
