package io.multijob.bench.latency;

import io.multijob.bench.api.ApiAddress;
import io.multijob.bench.pod.BenchPod;
import io.multijob.bench.pod.Variant;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// Pods that begin and end at a rate, whatever becomes of those before: the schedule waits for
/// nobody, so a moment of slowness counts for every pod that falls into it.
///
/// Used by one thread, once.
final class Rush {
  /// More than are ever under way, on a server that answers within tens of milliseconds.
  private static final int CONNECTIONS = 8;

  private static final Duration AHEAD = Duration.ofMillis(100);
  private static final Duration RUN = Duration.ofSeconds(1);

  private final ApiAddress server;
  private final String namespace;
  private final List<BenchPod> pods;
  private final Map<String, String> uids = new ConcurrentHashMap<>();
  private final Map<String, Long> ended = new ConcurrentHashMap<>();

  Rush(ApiAddress server, String namespace, List<BenchPod> pods) {
    this.server = server;
    this.namespace = namespace;
    this.pods = List.copyOf(pods);
  }

  /// Something that is done at its time, not before.
  private record Task(long due, Action action) {}

  @FunctionalInterface
  private interface Action {
    void take(Writes writes) throws IOException;
  }

  /// Creates the pods, as fast as that goes.
  void create() throws Exception {
    long now = System.nanoTime();
    List<Task> tasks = new ArrayList<>();
    for (BenchPod pod : pods) {
      tasks.add(new Task(now, writes -> uids.put(pod.name(), writes.create(pod))));
    }
    work(tasks);
  }

  /// Lets them begin and, a second later, end.
  ///
  /// @param rate pods a second
  /// @param posts of podmon, for pods whose figures come so
  void run(int rate, Posts posts) throws Exception {
    long begin = System.nanoTime() + AHEAD.toNanos();
    List<Task> tasks = new ArrayList<>();
    for (int i = 0; i < pods.size(); i++) {
      BenchPod pod = pods.get(i);
      long runs = begin + i * 1_000_000_000L / rate;
      tasks.add(new Task(runs, writes -> writes.run(pod)));
      tasks.add(new Task(runs + RUN.toNanos(), writes -> end(pod, writes, posts)));
    }
    tasks.sort(Comparator.comparingLong(Task::due));
    work(tasks);
    posts.finish();
  }

  /// When the API server had answered that a pod has ended, by the pod's uid, as
  /// [System#nanoTime()].
  Map<String, Long> ended() {
    return ended;
  }

  private void end(BenchPod pod, Writes writes, Posts posts) throws IOException {
    String uid = uids.get(pod.name());
    if (uid == null) {
      throw new IllegalStateException(pod + " was not created");
    }
    ended.put(uid, writes.end(pod, uid));
    if (pod.variant() == Variant.POSTED) {
      posts.schedule(pod, uid);
    }
  }

  private void work(List<Task> tasks) throws Exception {
    AtomicInteger next = new AtomicInteger();
    Callable<Void> worker =
        () -> {
          try (Writes writes = Writes.open(server, namespace)) {
            for (int i = next.getAndIncrement(); i < tasks.size(); i = next.getAndIncrement()) {
              await(tasks.get(i).due());
              tasks.get(i).action().take(writes);
            }
          }
          return null;
        };
    try (ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
      List<Future<Void>> workers = new ArrayList<>();
      for (int i = 0; i < CONNECTIONS; i++) {
        workers.add(threads.submit(worker));
      }
      for (Future<Void> each : workers) {
        each.get();
      }
    }
  }

  private static void await(long due) {
    for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
