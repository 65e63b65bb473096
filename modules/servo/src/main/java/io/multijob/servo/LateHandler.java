package io.multijob.servo;

import io.multijob.http.Handler;
import io.multijob.http.Request;
import io.multijob.http.Response;
import java.io.IOException;

/// Stands at an address that is taken already while what will answer there is still being made, and
/// again when that is closed: then the answer is 503.
///
/// Thread-safe.
final class LateHandler implements Handler, AutoCloseable {
  private static final Handler NOT_NOW =
      request -> Response.text(503, "starting or stopping\n").with("Retry-After", "1");

  private volatile Handler handler = NOT_NOW;

  void become(Handler other) {
    handler = other;
  }

  @Override
  public Response handle(Request request) throws IOException, InterruptedException {
    return handler.handle(request);
  }

  @Override
  public void close() {
    handler = NOT_NOW;
  }
}
