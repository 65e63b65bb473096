package io.multijob.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Serves HTTP/1.1 with one virtual thread a request, within [Limits], plain or over TLS.
///
/// A handler sees only requests whose body has arrived within the bounds; whatever it throws
/// becomes a 500 that says nothing of our insides. A client that is slow or silent, in its
/// handshake, its request or in taking its answer, holds up nobody else ([ClientWaits]).
///
/// Thread-safe. [#close()] interrupts the streams in progress.
public final class HttpListener implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpListener.class);

  private static final int BACKLOG = 1_024;

  /// Of a body over the bound, in bytes.
  private static final long MAX_DISCARDED = 4L << 20;

  static {
    // Read once by the JDK's server when its class is loaded. Without nodelay every answer on a
    // kept connection waits 40 ms for the client's delayed acknowledgement.
    setUnlessGiven("sun.net.httpserver.nodelay", "true");
    setUnlessGiven("sun.net.httpserver.maxReqTime", "30");
    setUnlessGiven("jdk.httpserver.maxConnections", "10000");
  }

  private final HttpServer server;
  private final ExecutorService threads;
  private final Limits limits;
  private final Handler handler;
  private final Semaphore places;
  private final ClientWaits waits;

  private HttpListener(HttpServer server, Limits limits, Handler handler) {
    this.server = server;
    this.limits = limits;
    this.handler = handler;
    this.places = new Semaphore(limits.maxRequests());
    this.waits = new ClientWaits(2 * limits.maxRequests()); // as many come as go
    this.threads =
        Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("http-" + server.getAddress().getPort() + "-", 0).factory());
  }

  /// Takes the port; connections wait until [#start()].
  ///
  /// @param address port 0 takes any that is free
  /// @throws IOException if the address cannot be listened on
  public static HttpListener bind(InetSocketAddress address, Limits limits, Handler handler)
      throws IOException {
    return of(HttpServer.create(resolved(address), BACKLOG), limits, handler);
  }

  /// As [#bind], over TLS 1.2 and later.
  ///
  /// @param identity who we are, asked at each handshake: what it answers may change at any time,
  ///   and while it answers nobody no handshake succeeds
  public static HttpListener bindTls(
      InetSocketAddress address,
      Limits limits,
      Supplier<Optional<TlsIdentity>> identity,
      Handler handler)
      throws IOException {
    HttpsServer server = HttpsServer.create(resolved(address), BACKLOG);
    server.setHttpsConfigurator(TlsSettings.of(identity));
    return of(server, limits, handler);
  }

  /// Takes any free port of the loopback interface.
  public static HttpListener bindLoopback(Limits limits, Handler handler) throws IOException {
    return bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), limits, handler);
  }

  public void start() {
    server.start();
  }

  public int port() {
    return server.getAddress().getPort();
  }

  public InetSocketAddress address() {
    return server.getAddress();
  }

  /// Takes no more requests, waits for the answers in progress no longer than the limits say, and
  /// ends those that are left.
  @Override
  public void close() {
    threads.shutdownNow();
    server.stop(Math.toIntExact(limits.stopTime().toSeconds()));
    threads.close();
  }

  private static InetSocketAddress resolved(InetSocketAddress address) throws IOException {
    if (address.isUnresolved()) {
      throw new IOException("cannot listen on " + address.getHostString() + ": no such host");
    }
    return address;
  }

  private static HttpListener of(HttpServer server, Limits limits, Handler handler) {
    HttpListener listener = new HttpListener(server, limits, handler);
    server.createContext("/", listener::serve);
    server.setExecutor(task -> listener.threads.execute(() -> listener.arrive(task)));
    return listener;
  }

  /// Lets a request come, its handshake before it where it is the connection's first.
  private void arrive(Runnable task) {
    waits.begin();
    try {
      task.run();
    } finally {
      waits.end();
    }
  }

  private void serve(HttpExchange exchange) throws IOException {
    Optional<byte[]> body = bodyOf(exchange);
    if (!waits.end()) {
      throw new IOException("cut off: too many clients kept us waiting");
    }
    if (body.isEmpty()) {
      answer(exchange, tooLarge());
      return;
    }
    if (!places.tryAcquire()) {
      answer(exchange, Response.text(503, "too many requests at once\n"));
      return;
    }
    Response response;
    try {
      response = responseTo(exchange, body.get());
      if (response instanceof Response.Streaming) {
        answer(exchange, response); // lasts as long as it likes, in its place
        return;
      }
    } finally {
      places.release();
    }
    answer(exchange, response);
  }

  private Response responseTo(HttpExchange exchange, byte[] body) {
    try {
      return handler.handle(request(exchange, body));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Response.text(503, "stopping\n");
    } catch (IOException | RuntimeException e) {
      LOG.atWarn()
          .setCause(e)
          .addKeyValue("method", exchange.getRequestMethod())
          .addKeyValue("path", exchange.getRequestURI().getRawPath())
          .log("Request failed");
      return Response.text(500, "internal error\n");
    }
  }

  private Response tooLarge() {
    // What is left of the body may not all be read, so the connection cannot be used again.
    return Response.text(413, "the body is larger than " + limits.maxBodyBytes() + " bytes\n")
        .with("Connection", "close");
  }

  /// What the request has, or nothing when that is over the bound.
  ///
  /// Much of what is over it is read all the same: a connection that is closed while there is more
  /// to read is reset, and its client may never see the answer.
  private Optional<byte[]> bodyOf(HttpExchange exchange) throws IOException {
    try (InputStream in = exchange.getRequestBody()) {
      Optional<byte[]> body = withinBound(exchange, in);
      if (body.isEmpty()) {
        long _ = in.skip(MAX_DISCARDED);
      }
      return body;
    }
  }

  private Optional<byte[]> withinBound(HttpExchange exchange, InputStream in) throws IOException {
    String length = exchange.getRequestHeaders().getFirst("Content-Length");
    if (length != null
        && (length.length() > 9 || Integer.parseInt(length) > limits.maxBodyBytes())) {
      return Optional.empty();
    }
    byte[] body = in.readNBytes(limits.maxBodyBytes() + 1);
    return body.length > limits.maxBodyBytes() ? Optional.empty() : Optional.of(body);
  }

  private static Request request(HttpExchange exchange, byte[] body) {
    String query = exchange.getRequestURI().getRawQuery();
    Map<String, List<String>> headers = new HashMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
    return new Request(
        exchange.getRequestMethod(),
        exchange.getRequestURI().getRawPath(),
        query == null ? Map.of() : Request.parseQuery(query),
        headers,
        body,
        exchange.getRemoteAddress().getAddress().getHostAddress());
  }

  private void answer(HttpExchange exchange, Response response) throws IOException {
    response.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
    try {
      switch (response) {
        case Response.Complete complete -> {
          waits.begin();
          send(exchange, complete);
        }
        case Response.Streaming streaming -> send(exchange, streaming);
      }
      exchange.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw cutOff(e);
    } catch (IOException | RuntimeException e) {
      throw cutOff(e);
    }
  }

  /// What a handler of the JDK's server throws once an answer has begun closes the connection
  /// without the last chunk, so that the client can tell a stream that was cut off from one that
  /// ended. Closing the exchange would end it cleanly.
  private static IOException cutOff(Exception reason) {
    LOG.atDebug().setCause(reason).log("Answer was cut off");
    return new IOException("the answer was cut off", reason);
  }

  private static void send(HttpExchange exchange, Response.Complete response) throws IOException {
    boolean bodiless = response.body().length == 0 || "HEAD".equals(exchange.getRequestMethod());
    exchange.sendResponseHeaders(response.status(), bodiless ? -1 : response.body().length);
    if (!bodiless) {
      exchange.getResponseBody().write(response.body());
    }
  }

  private static void send(HttpExchange exchange, Response.Streaming response)
      throws IOException, InterruptedException {
    exchange.sendResponseHeaders(response.status(), 0);
    OutputStream out = exchange.getResponseBody();
    out.flush(); // the client sees the headers before the first piece
    response.writer().write(out);
    out.close();
  }

  private static void setUnlessGiven(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }
}
