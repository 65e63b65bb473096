package io.multijob.e2e;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/// Pods that come, run and end without a pause, one life after another, whatever the API server
/// does meanwhile. Every life makes three writes.
///
/// Thread-safe.
final class PodChurn implements AutoCloseable {
  /// Some fifty writes a second.
  private static final Duration BETWEEN = Duration.ofMillis(60);

  private final FakeNode node;
  private final String prefix;
  private final List<Future<String>> lives = new ArrayList<>(); // of the thread's until it ends
  private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicInteger completed = new AtomicInteger();
  private final Thread thread;

  private PodChurn(FakeNode node, String prefix) {
    this.node = node;
    this.prefix = prefix;
    this.thread = Thread.ofVirtual().name("churn-" + prefix).unstarted(this::run);
  }

  static PodChurn start(FakeNode node, String prefix) {
    PodChurn churn = new PodChurn(node, prefix);
    churn.thread.start();
    return churn;
  }

  /// How many pods have ended so far.
  int completed() {
    return completed.get();
  }

  /// Lets nothing new begin, and waits for the end of what has.
  ///
  /// @return the uids of all pods
  List<String> stop() throws Exception {
    thread.interrupt();
    thread.join();
    List<String> uids = new ArrayList<>();
    for (Future<String> life : lives) {
      uids.add(life.get());
    }
    return uids;
  }

  private void run() {
    try {
      while (true) {
        String name = prefix + "-" + lives.size();
        lives.add(workers.submit(() -> live(name)));
        Thread.sleep(BETWEEN);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // told to stop
    }
  }

  private String live(String name) throws Exception {
    String uid = node.live(name);
    completed.incrementAndGet();
    return uid;
  }

  @Override
  public void close() {
    thread.interrupt();
    workers.shutdownNow();
  }
}
