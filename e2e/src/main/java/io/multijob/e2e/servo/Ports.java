package io.multijob.e2e.servo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/// Ports of the loopback interface for processes that must be told theirs.
public final class Ports {
  private Ports() {}

  /// One that nothing listened on a moment ago.
  public static int free() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
