package io.multijob.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A wire between a client and the API server that can be cut, and that can fall silent as one does
/// whose far end has vanished: nothing passes, and nobody is told.
///
/// Thread-safe.
final class ApiProxy implements AutoCloseable {
  private static final int PIECE = 16 * 1024;

  private final InetSocketAddress target;
  private final ServerSocket listener;
  private final Set<Wire> wires = ConcurrentHashMap.newKeySet();

  private ApiProxy(InetSocketAddress target, ServerSocket listener) {
    this.target = target;
    this.listener = listener;
  }

  /// One on a free port of the loopback interface.
  ///
  /// @param server the API server's URL
  static ApiProxy start(URI server) throws IOException {
    ServerSocket listener = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
    ApiProxy proxy =
        new ApiProxy(new InetSocketAddress(server.getHost(), server.getPort()), listener);
    Thread.ofVirtual().name("api-proxy").start(proxy::accept);
    return proxy;
  }

  /// The API server's URL by this way. Its certificate must be good for 127.0.0.1.
  String url() {
    return "https://127.0.0.1:" + listener.getLocalPort();
  }

  /// Ends every connection there is. New ones are made as before.
  void cut() {
    wires.forEach(Wire::close);
  }

  /// Lets nothing more pass on any connection there is, and ends none. New ones pass.
  void silence() {
    wires.forEach(wire -> wire.silent = true);
  }

  @Override
  public void close() throws IOException {
    listener.close();
    cut();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Thread.ofVirtual().start(() -> connect(client));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void connect(Socket client) {
    Socket server = new Socket();
    Wire wire = new Wire(client, server);
    wires.add(wire);
    try {
      server.connect(target);
      Thread.ofVirtual().start(wire::carryAnswers);
      wire.carryRequests();
    } catch (IOException e) {
      wire.close(); // as if the server had
    } finally {
      wires.remove(wire);
    }
  }

  private static final class Wire implements AutoCloseable {
    private final Socket client;
    private final Socket server;
    private volatile boolean silent;

    Wire(Socket client, Socket server) {
      this.client = client;
      this.server = server;
    }

    /// Carries what the client says, until an end is closed, which the other end is told.
    void carryRequests() {
      copy(client, server);
      close();
    }

    /// Carries what the server says, until an end is closed, which the other end is told unless
    /// nothing passes any more.
    void carryAnswers() {
      copy(server, client);
      if (!silent) {
        close();
      }
    }

    private void copy(Socket from, Socket to) {
      byte[] piece = new byte[PIECE];
      try {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
          if (!silent) {
            out.write(piece, 0, length);
          }
        }
      } catch (IOException e) {
        return; // an end is closed
      }
    }

    @Override
    public void close() {
      try {
        client.close();
        server.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
