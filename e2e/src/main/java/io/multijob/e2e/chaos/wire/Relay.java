package io.multijob.e2e.chaos.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/// Carries the connections to a server, in ways that are not always good.
///
/// At most [#CONNECTIONS] at a time; one more waits. Thread-safe.
public final class Relay implements AutoCloseable {
  private static final int CONNECTIONS = 256;
  private static final int PIECE = 16 * 1024;
  private static final byte[] RUBBISH = "\0\1\2 this is no answer \377\r\n\r\n{".getBytes(UTF_8);

  private final InetSocketAddress target;
  private final ServerSocket listener;
  private final Set<Pair> pairs = ConcurrentHashMap.newKeySet();
  private final Semaphore places = new Semaphore(CONNECTIONS);
  private volatile Manner manner = Manner.CARRY;

  /// What becomes of a new connection.
  public enum Manner {
    CARRY,
    /// It is reset.
    REFUSE,
    /// It is answered with what no server says, and closed.
    RUBBISH
  }

  private record Pair(Socket client, Socket server) {}

  private Relay(InetSocketAddress target, ServerSocket listener) {
    this.target = target;
    this.listener = listener;
  }

  /// One on a free port of the loopback interface.
  public static Relay to(InetSocketAddress target) throws IOException {
    Relay relay =
        new Relay(target, new ServerSocket(0, CONNECTIONS, InetAddress.ofLiteral("127.0.0.1")));
    Thread.ofVirtual().name("relay-" + relay.port()).start(relay::accept);
    return relay;
  }

  public int port() {
    return listener.getLocalPort();
  }

  /// Treats new connections so from now on.
  public void treat(Manner other) {
    manner = other;
  }

  /// Resets every connection there is.
  public void cut() {
    pairs.forEach(Relay::reset);
  }

  @Override
  public void close() throws IOException {
    listener.close();
    cut();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        places.acquire();
        Socket client = listener.accept();
        Thread.ofVirtual()
            .name("relay")
            .start(() -> {
              serve(client);
              places.release();
            });
      } catch (IOException | InterruptedException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket client) {
    Pair pair = new Pair(client, new Socket());
    pairs.add(pair);
    try {
      switch (manner) {
        case CARRY -> carry(pair);
        case REFUSE -> client.setSoLinger(true, 0);
        case RUBBISH -> {
          client.getInputStream().read(new byte[PIECE]);
          client.getOutputStream().write(RUBBISH);
        }
      }
    } catch (IOException e) {
      reset(pair); // as if the server had
    } finally {
      pairs.remove(pair);
      close(pair.client());
      close(pair.server());
    }
  }

  private void carry(Pair pair) throws IOException {
    pair.server().connect(target);
    pair.client().setTcpNoDelay(true);
    pair.server().setTcpNoDelay(true);
    Thread answers =
        Thread.ofVirtual().name("relay-answers").start(() -> copy(pair.server(), pair.client()));
    copy(pair.client(), pair.server());
    try {
      answers.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Copies until either end is closed, and closes the other.
  private static void copy(Socket from, Socket to) {
    byte[] piece = new byte[PIECE];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
        out.write(piece, 0, length);
      }
    } catch (IOException e) {
      close(from); // the other end may not know yet
    }
    close(to);
  }

  private static void reset(Pair pair) {
    for (Socket socket : new Socket[] {pair.client(), pair.server()}) {
      try {
        socket.setSoLinger(true, 0);
      } catch (IOException e) {
        close(socket); // it was closed before
      }
      close(socket);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      return; // it is of no use any more, closed or not
    }
  }
}
