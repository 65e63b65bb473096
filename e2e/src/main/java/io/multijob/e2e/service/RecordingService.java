package io.multijob.e2e.service;

import io.multijob.e2e.wait.Wait;
import io.multijob.http.Handler;
import io.multijob.http.HttpListener;
import io.multijob.http.Limits;
import io.multijob.http.Request;
import io.multijob.http.Response;
import io.multijob.protocol.EventJson;
import io.multijob.protocol.Measurement;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// An Optune service that takes everything, unless it is told to answer otherwise, and remembers
/// what it has taken, in the order of its coming.
///
/// Thread-safe.
public final class RecordingService implements AutoCloseable {
  private static final Limits LIMITS = new Limits(1 << 20, 10_000, Duration.ZERO);
  private static final Handler TAKE =
      request -> Response.json(200, "{\"cmd\": \"MEASURE\", \"status\": \"ok\"}");

  private final Queue<Received> received = new ConcurrentLinkedQueue<>();
  private final HttpListener listener;
  private volatile Handler handler = TAKE;

  private RecordingService(InetSocketAddress address) throws IOException {
    listener = HttpListener.bind(address, LIMITS, this::handle);
  }

  /// Listens on a free port of the loopback interface.
  public static RecordingService start() throws IOException {
    RecordingService service =
        new RecordingService(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    service.listener.start();
    return service;
  }

  /// The template that servos are given as `OPTUNE_URL`.
  public String url() {
    return "http://127.0.0.1:" + listener.port() + "/{acct}/{app_id}/servo";
  }

  /// Answers so from now on. What is answered with anything but 2xx is not remembered.
  public void answer(Handler other) {
    handler = other;
  }

  /// Takes everything again.
  public void take() {
    handler = TAKE;
  }

  public List<Received> received() {
    return List.copyOf(received);
  }

  /// The reports of runs that were taken, one for each time.
  public List<Report> reports() {
    return received.stream()
        .filter(one -> one.event() instanceof Measurement)
        .map(Report::of)
        .toList();
  }

  /// The reports of the run of that pod.
  public List<Report> reportsOf(String uid) {
    return reports().stream().filter(report -> report.uid().equals(uid)).toList();
  }

  /// Waits for the report of that pod's run.
  ///
  /// @throws AssertionError if there is none within `time`
  public Report awaitReportOf(String uid, Duration time) throws Exception {
    return Wait.forValue(
        "the report of pod " + uid, time, () -> reportsOf(uid).stream().findFirst());
  }

  @Override
  public void close() {
    listener.close();
  }

  private Response handle(Request request) throws IOException, InterruptedException {
    Instant at = Instant.now();
    long nanos = System.nanoTime();
    Response response = handler.handle(request);
    if (response.status() / 100 == 2) {
      received.add(
          new Received(
              at,
              nanos,
              request.segments().get(1),
              request.header("Idempotency-Key").orElse(""),
              EventJson.read(request.body())));
    }
    return response;
  }
}
