package io.multijob.e2e.chaos.service;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.multijob.e2e.chaos.ledger.Arrival;
import io.multijob.e2e.chaos.ledger.Ledger;
import io.multijob.e2e.chaos.wire.Relay;
import io.multijob.e2e.chaos.wire.Relay.Manner;
import io.multijob.http.HttpListener;
import io.multijob.http.Limits;
import io.multijob.http.Request;
import io.multijob.http.Response;
import io.multijob.protocol.Annotation;
import io.multijob.protocol.EventJson;
import io.multijob.protocol.Measurement;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;

/// An Optune service that writes into the ledger which reports it has taken, and is not always
/// well.
///
/// Thread-safe.
public final class TrialService implements AutoCloseable {
  private static final Limits LIMITS = new Limits(1 << 20, 1_000, Duration.ZERO);

  private final Ledger ledger;
  private final InstantSource clock;
  private final HttpListener listener;
  private final Relay relay;
  private volatile Mood mood = new Mood.Well();

  private TrialService(Ledger ledger, InstantSource clock) throws IOException {
    this.ledger = ledger;
    this.clock = clock;
    this.listener = HttpListener.bindLoopback(LIMITS, this::handle);
    this.relay = Relay.to(new InetSocketAddress(InetAddress.getLoopbackAddress(), listener.port()));
  }

  public static TrialService start(Ledger ledger, InstantSource clock) throws IOException {
    TrialService service = new TrialService(ledger, clock);
    service.listener.start();
    return service;
  }

  /// The template that the servo is given as `OPTUNE_URL`.
  public String url() {
    return "http://127.0.0.1:" + relay.port() + "/{acct}/{app_id}/servo";
  }

  /// Answers so from now on.
  public void be(Mood other) {
    Manner manner =
        switch (other) {
          case Mood.Away() -> Manner.REFUSE;
          case Mood.Raving() -> Manner.RUBBISH;
          case Mood.Well(), Mood.Failing(), Mood.Forgetful(), Mood.Mumbling() -> Manner.CARRY;
          case Mood.Slow(Duration delay) -> Manner.CARRY;
          case Mood.Busy(Duration retryAfter) -> Manner.CARRY;
        };
    mood = other;
    relay.treat(manner);
    if (manner != Manner.CARRY) {
      relay.cut();
    }
  }

  @Override
  public void close() throws IOException {
    relay.close();
    listener.close();
  }

  private Response handle(Request request) throws InterruptedException {
    return switch (mood) {
      case Mood.Well() -> taken(request);
      case Mood.Away() -> taken(request); // it came in before the connection was reset
      case Mood.Raving() -> taken(request);
      case Mood.Slow(Duration delay) -> {
        Thread.sleep(delay);
        yield taken(request);
      }
      case Mood.Failing() -> Response.text(500, "out of order\n");
      case Mood.Forgetful() -> {
        take(request);
        yield Response.text(500, "taken, but not as you see it\n");
      }
      case Mood.Busy(Duration retryAfter) ->
          Response.text(429, "too much\n")
              .with("Retry-After", Long.toString(retryAfter.toSeconds()));
      case Mood.Mumbling() -> {
        take(request);
        yield Response.of(200, "application/json", "{\"sta\377".getBytes(ISO_8859_1));
      }
    };
  }

  private Response taken(Request request) {
    take(request);
    return Response.json(200, "{\"cmd\": \"MEASURE\", \"status\": \"ok\"}");
  }

  private void take(Request request) {
    if (EventJson.read(request.body()) instanceof Measurement measurement) {
      ledger.reported(
          new Arrival(
              measurement.annotations().get(Annotation.POD_UID).orElse(""),
              request.header("Idempotency-Key").orElse(""),
              Arrays.hashCode(request.body()),
              clock.instant()));
    }
  }
}
