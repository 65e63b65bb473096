package io.multijob.servo.watch;

/// Is told how the watches fare, for metrics, health and the service. Called by each watch from its
/// own thread; must not block.
public interface WatchListener {

  /// Something was received of `scope`: a listed pod, an event or a bookmark.
  void received(Scope scope);

  /// The list is complete, and from here on the watch follows it.
  ///
  /// @param pods how many pods it held, ours or not
  void listed(Scope scope, int pods);

  /// The watch stands: the API server has accepted it. Comes again after each interruption.
  void watching(Scope scope);

  /// The list or watch failed and will be tried again.
  ///
  /// @param failures in a row, this one included
  void failed(Scope scope, WatchProblem problem, int failures);
}
