package io.multijob.e2e.node;

/// Follows the groups of a pod's containers from now on until they are gone, and keeps the last
/// that could be read of each.
///
/// Used by one thread.
public interface PodGroups extends AutoCloseable {

  /// What the group of the container counted in all.
  ///
  /// @param containerId without the runtime's name; of a container that has ended
  /// @throws AssertionError if the group was gone before it could be read
  GroupReading finalReadingOf(String containerId) throws Exception;

  @Override
  void close();
}
