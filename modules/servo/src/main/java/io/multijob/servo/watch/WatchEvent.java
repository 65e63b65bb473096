package io.multijob.servo.watch;

import io.multijob.servo.pod.Pod;

/// One line of a watch.
sealed interface WatchEvent {

  /// `ADDED` or `MODIFIED`.
  record Seen(Pod pod, String version) implements WatchEvent {}

  /// `DELETED`.
  record Gone(Pod pod, String version) implements WatchEvent {}

  /// `BOOKMARK`: nothing happened up to `version`.
  record Bookmark(String version) implements WatchEvent {}

  /// `ERROR`: the watch ends.
  record Failed(ApiObject.Failure failure) implements WatchEvent {}
}
