package io.multijob.bench.rush;

import io.multijob.bench.api.ApiAddress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// Writes, each at its time and not before, whatever becomes of those before: a moment of slowness
/// counts for every write that falls into it.
///
/// @param server that is written to
/// @param namespace in which everything is written
/// @param tasks in the order of their times
public record Schedule(ApiAddress server, String namespace, List<Task> tasks) {
  /// More than are ever under way, on a server that answers within tens of milliseconds.
  private static final int CONNECTIONS = 8;

  public Schedule {
    tasks = List.copyOf(tasks);
  }

  /// One write.
  ///
  /// @param due as [System#nanoTime()]
  public record Task(long due, Action action) {}

  /// What is written.
  @FunctionalInterface
  public interface Action {
    void take(Writes writes) throws IOException;
  }

  /// Makes all writes, on a few connections.
  ///
  /// @throws Exception the failure of one
  public void work() throws Exception {
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
