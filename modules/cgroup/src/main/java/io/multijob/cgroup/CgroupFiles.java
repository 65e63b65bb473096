package io.multijob.cgroup;

import java.io.IOException;
import java.time.Instant;
import java.util.List;

/// The file system under the cgroup trees, as little of it as is needed. Paths are absolute and use
/// `/`.
public interface CgroupFiles {

  /// The whole text of the file at `path`.
  ///
  /// @throws IOException if it is not there, or its group has been removed (then the kernel answers
  ///   `ENODEV` even through a name that still resolves)
  String read(String path) throws IOException;

  /// The names of everything in `directory`, in no order; empty if it is no directory or is gone.
  List<String> list(String directory);

  /// Whether there is a directory at `path` now.
  boolean isDirectory(String path);

  /// When `directory` last changed, as its modification time says.
  ///
  /// On cgroupfs that is not the time of its making but of the first look at it after that (kernfs
  /// gives an inode its times when it is first looked up), in the resolution of the kernel's tick.
  /// A container runtime looks at once, to put its first process in. Later only if the kernel has
  /// dropped the inode since, which a watch on it (the kubelet's own) prevents.
  ///
  /// @throws IOException if it is not there
  Instant modified(String directory) throws IOException;
}
