package io.multijob.servo.initializer;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.node.ObjectNode;

/// A [PodChange] that takes no longer than it may, and whose failures are all of one kind.
///
/// Thread-safe.
final class LimitedChange {
  private final PodChange change;
  private final Duration limit;

  LimitedChange(PodChange change, Duration limit) {
    this.change = change;
    this.limit = limit;
  }

  /// What the pod is to be; its own document is left as it is.
  ///
  /// @throws ExecutionException if that cannot be found out, for whatever reason
  /// @throws TimeoutException if that takes too long
  ObjectNode wanted(PendingPod pod)
      throws ExecutionException, TimeoutException, InterruptedException {
    FutureTask<ObjectNode> task = new FutureTask<>(() -> change.wanted(pod.document().deepCopy()));
    Thread.ofVirtual().name("pod-change-" + pod.ref()).start(task);
    try {
      return task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
    } finally {
      task.cancel(true);
    }
  }
}
