package io.multijob.servo.watch;

import io.multijob.servo.pod.Pod;

/// Sees the one-time pods of one [Scope] as projections, until closed.
///
/// Thread-safe. The sink is told on one thread, the watcher's own.
public final class PodWatcher implements AutoCloseable {
  private final ListWatch<Pod> pods;

  public PodWatcher(Scope scope, PodSource source, PodSink sink, WatchListener listener) {
    PodFeed<Pod> feed =
        new PodFeed<>(
            source.api(),
            PodRequests.ofOneTimePods(scope),
            new ObjectReader(source.path()),
            source.timing());
    this.pods = new ListWatch<>(feed, sink, listener, "pod-watch-" + scope);
  }

  /// Starts watching. A watcher starts once; after [#close()], make a new one.
  public void start() {
    pods.start();
  }

  /// Ends the watch in progress and waits for its thread.
  @Override
  public void close() {
    pods.close();
  }
}
