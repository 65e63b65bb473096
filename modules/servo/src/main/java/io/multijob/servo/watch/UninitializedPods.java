package io.multijob.servo.watch;

import io.multijob.servo.kubernetes.KubernetesApi;
import tools.jackson.databind.node.ObjectNode;

/// Sees all pods of all namespaces, until closed: the whole document of one that waits for its
/// initializers, the metadata of any other.
///
/// Thread-safe. The sink is told on one thread, the watch's own.
public final class UninitializedPods implements AutoCloseable {
  private final ListWatch<ObjectNode> pods;

  public UninitializedPods(
      KubernetesApi api, WatchTiming timing, ObjectSink<ObjectNode> sink, WatchListener listener) {
    PodFeed<ObjectNode> feed =
        new PodFeed<>(api, PodRequests.ofAllPods(Scope.ALL), new UninitializedForm(), timing);
    this.pods = new ListWatch<>(feed, sink, listener, "uninitialized-pods");
  }

  /// Starts watching, once.
  public void start() {
    pods.start();
  }

  /// Ends the watch in progress and waits for its thread.
  @Override
  public void close() {
    pods.close();
  }
}
