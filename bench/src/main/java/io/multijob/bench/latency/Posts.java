package io.multijob.bench.latency;

import io.multijob.bench.api.ApiAddress;
import io.multijob.bench.api.ApiConnection;
import io.multijob.bench.pod.BenchPod;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// What podmon posts, each a while after the end of its pod.
///
/// Thread-safe.
final class Posts implements AutoCloseable {
  private static final Duration AFTER = Duration.ofMillis(50);
  private static final Duration LAST_ONES = Duration.ofSeconds(10);
  private static final int THREADS = 4;

  private final ApiAddress stats;
  private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(THREADS);
  private final Queue<ApiConnection> idle = new ConcurrentLinkedQueue<>();
  private final Queue<IOException> failures = new ConcurrentLinkedQueue<>();
  private final Map<String, Long> sent = new ConcurrentHashMap<>();

  /// @param stats where the servo listens for them
  Posts(ApiAddress stats) {
    this.stats = stats;
  }

  /// Posts the pod's figures, 50 ms from now.
  void schedule(BenchPod pod, String uid) {
    var _ = threads.schedule(() -> post(pod, uid), AFTER.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// When each pod's figures were sent, by the pod's uid, as [System#nanoTime()].
  Map<String, Long> sent() {
    return sent;
  }

  /// Waits for the last ones.
  ///
  /// @throws IOException if one could not be sent
  void finish() throws IOException, InterruptedException {
    threads.shutdown();
    if (!threads.awaitTermination(LAST_ONES.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IOException("posts are left after " + LAST_ONES);
    }
    IOException failure = failures.poll();
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public void close() throws IOException {
    threads.shutdownNow();
    for (ApiConnection connection = idle.poll(); connection != null; connection = idle.poll()) {
      connection.close();
    }
  }

  private void post(BenchPod pod, String uid) {
    try {
      ApiConnection kept = idle.poll();
      ApiConnection connection = kept == null ? ApiConnection.open(stats) : kept;
      String report = pod.report(Instant.now(), uid);
      sent.put(uid, System.nanoTime());
      connection.send("POST", "/", "application/json", report).orFail("a post");
      idle.add(connection);
    } catch (IOException e) {
      failures.add(e);
    }
  }
}
