package io.multijob.cgroup;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Waits for the kernel to say that something has changed in a group's directory, using no CPU
/// meanwhile. Used by one thread.
///
/// Groups made and removed are told in every hierarchy. That a group has got its first process or
/// lost its last is told in the unified hierarchy only, as a change of its `cgroup.events`, to
/// those who have read that file before: read it once after [#add].
public interface CgroupWatch extends AutoCloseable {

  /// One thing that has happened.
  sealed interface Change {

    /// `name` has been made in `directory`.
    record Made(String directory, String name) implements Change {}

    /// `name` has been removed from `directory`.
    record Removed(String directory, String name) implements Change {}

    /// The contents of `name` in `directory` have changed.
    record Written(String directory, String name) implements Change {}

    /// `directory` itself is gone; nothing more will be told of it.
    record Gone(String directory) implements Change {}

    /// More has happened than could be told: look at everything.
    record Missed() implements Change {}
  }

  /// Changes that were told together.
  ///
  /// @param asked since when they would have been told as they happened; what had happened by then
  ///   was told late
  /// @param at when they were told, some tens of microseconds after they happened
  record Changes(Instant asked, Instant at, List<Change> changes) {
    public Changes {
      changes = List.copyOf(changes);
    }
  }

  /// From now on tells of what happens in `directory`. Nothing changes if it is watched already.
  ///
  /// @return whether it will be told; not if the directory is gone or the system's watches are used
  ///   up, and then the caller has to look by itself
  boolean add(String directory);

  /// The next changes; none if `atMost` passes first.
  ///
  /// @throws InterruptedException if somebody wants this thread to do something else
  Changes await(Duration atMost) throws InterruptedException;

  @Override
  void close();
}
