package io.multijob.servo.watch;

/// One line of a watch.
///
/// @param <T> the form in which pods are read
sealed interface WatchEvent<T> {

  /// `ADDED` or `MODIFIED`.
  record Seen<T>(T pod, String version) implements WatchEvent<T> {}

  /// `DELETED`.
  record Gone<T>(T pod, String version) implements WatchEvent<T> {}

  /// `BOOKMARK`: nothing happened up to `version`.
  record Bookmark<T>(String version) implements WatchEvent<T> {}

  /// `ERROR`: the watch ends.
  record Failed<T>(Failure failure) implements WatchEvent<T> {}
}
