package io.multijob.cli.cache;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// TLS with client certificates in front of a plain port, all of the loopback interface.
///
/// Thread-safe.
final class TlsFront implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TlsFront.class);

  private static final int BACKLOG = 10;

  private final SSLServerSocket listening;
  private final int behind;

  /// @param behind the plain port
  TlsFront(SSLContext tls, int behind) throws IOException {
    this.listening =
        (SSLServerSocket)
            tls.getServerSocketFactory()
                .createServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    this.listening.setNeedClientAuth(true);
    this.behind = behind;
  }

  void start() {
    Thread.ofVirtual().name("tls-front").start(this::accept);
  }

  int port() {
    return listening.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }

  private void accept() {
    try {
      while (true) {
        Socket front = listening.accept();
        Socket back = new Socket(InetAddress.getLoopbackAddress(), behind);
        Thread.ofVirtual().start(() -> pump(front, back));
        Thread.ofVirtual().start(() -> pump(back, front));
      }
    } catch (IOException e) {
      LOG.atDebug().setCause(e).log("Rehearsal takes no more connections");
    }
  }

  /// Until either side is done; then both are.
  private static void pump(Socket from, Socket to) {
    try (from;
        to;
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      in.transferTo(out);
    } catch (IOException e) {
      LOG.atDebug().setCause(e).log("Rehearsal's connection broke");
    }
  }
}
