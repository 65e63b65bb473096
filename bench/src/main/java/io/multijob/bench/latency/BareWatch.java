package io.multijob.bench.latency;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.multijob.bench.api.ApiAddress;
import io.multijob.bench.api.ApiConnection;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// A watch that does nothing but note when it was told that a pod's workload has ended: what the
/// API server itself takes for that, and nobody can be faster.
final class BareWatch implements AutoCloseable {
  private static final String UID = "\"uid\":\"";
  private static final String TERMINATED = "\"terminated\":{";

  private final ApiConnection connection;
  private final Map<String, Long> ended = new ConcurrentHashMap<>();

  private BareWatch(ApiConnection connection) {
    this.connection = connection;
  }

  /// Begins to watch the namespace's pods.
  static BareWatch start(ApiAddress address, String namespace) throws IOException {
    ApiConnection connection = ApiConnection.open(address);
    InputStream events = connection.stream("/api/v1/namespaces/" + namespace + "/pods?watch=true");
    BareWatch watch = new BareWatch(connection);
    Thread.ofPlatform().daemon().name("bare-watch").start(() -> watch.follow(events));
    return watch;
  }

  /// When the end of each pod was told first, by the pod's uid, as [System#nanoTime()].
  Map<String, Long> ended() {
    return ended;
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }

  private void follow(InputStream events) {
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(events, ISO_8859_1), 1 << 16)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        long nanos = System.nanoTime();
        if (line.contains(TERMINATED)) {
          int from = line.indexOf(UID) + UID.length();
          ended.putIfAbsent(line.substring(from, line.indexOf('"', from)), nanos);
        }
      }
    } catch (IOException e) {
      // It was closed, or the run finds that a pod's end was not told.
    }
  }
}
