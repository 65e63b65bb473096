package io.multijob.servo;

import io.multijob.http.Handler;
import io.multijob.http.HttpListener;
import io.multijob.http.Limits;
import io.multijob.http.Request;
import io.multijob.http.Response;
import io.multijob.protocol.Event;
import io.multijob.protocol.EventJson;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// An Optune service over HTTP that takes everything, or answers as it is told to, and remembers
/// what came.
final class TestService implements AutoCloseable {
  private static final Limits LIMITS = new Limits(1 << 20, 1_000, Duration.ZERO);

  private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
  private final HttpListener listener;
  private volatile Handler handler = request -> Response.json(200, "{\"status\":\"ok\"}");

  TestService() throws IOException {
    listener =
        HttpListener.bindLoopback(
            LIMITS,
            request -> {
              requests.add(request);
              return handler.handle(request);
            });
    listener.start();
  }

  void answer(Handler other) {
    handler = other;
  }

  String url() {
    return "http://127.0.0.1:" + listener.port() + "/{acct}/{app_id}";
  }

  /// The next request, waited for.
  Request request() throws InterruptedException {
    return requests.take();
  }

  /// The event in the next request, waited for.
  Event event() throws InterruptedException {
    return EventJson.read(request().body());
  }

  @Override
  public void close() {
    listener.close();
  }
}
