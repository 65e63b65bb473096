package io.multijob.sandbox.run.group;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The group that this process is in.
final class OwnGroup {
  private static final String V2_MARK = "0::/";

  private OwnGroup() {}

  /// Its directory in the v2 tree at `root`; `root` itself where it cannot be told.
  static Path below(Path root) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/self/cgroup"))) {
        if (line.startsWith(V2_MARK)) {
          Path own = root.resolve(line.substring(V2_MARK.length())).normalize();
          return own.startsWith(root) && Files.isDirectory(own) ? own : root;
        }
      }
    } catch (IOException e) {
      return root; // no /proc: then nothing of a group of ours is known
    }
    return root;
  }
}
