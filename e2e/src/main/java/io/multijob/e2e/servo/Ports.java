package io.multijob.e2e.servo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/// Ports of the loopback interface for processes that must be told theirs: none of those, from
/// 32,768 on, that the kernel gives to connections, one of which might be faster than the process.
public final class Ports {
  private static final int FIRST = 20_000;
  private static final int COUNT = 10_000;
  private static final int MOST_TRIES = 100;

  private static final AtomicInteger NEXT =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

  private Ports() {}

  /// One that nothing listened on a moment ago, and that this process has not given away before.
  ///
  /// @throws IOException if there seems to be none
  public static int free() throws IOException {
    IOException last = new IOException("no port was tried");
    for (int i = 0; i < MOST_TRIES; i++) {
      int port = FIRST + Math.floorMod(NEXT.getAndIncrement(), COUNT);
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException e) {
        last = e;
      }
    }
    throw last;
  }
}
