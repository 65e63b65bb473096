package io.multijob.servo.watch;

import java.util.List;
import java.util.Set;

/// One watcher for each scope.
///
/// Thread-safe.
public final class PodWatches implements AutoCloseable {
  private final List<PodWatcher> watchers;

  /// @param sink is told of the pods of all scopes, by one thread for each
  public PodWatches(Set<Scope> scopes, PodSource source, PodSink sink, WatchListener listener) {
    this.watchers =
        scopes.stream().map(scope -> new PodWatcher(scope, source, sink, listener)).toList();
  }

  public void start() {
    watchers.forEach(PodWatcher::start);
  }

  /// Stops all of them; a run that was seen to end stays in the sink.
  @Override
  public void close() {
    watchers.forEach(PodWatcher::close);
  }
}
