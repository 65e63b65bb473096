package io.multijob.sandbox.run.group;

import java.nio.file.Path;
import java.util.Set;

/// One mounted tree of control groups, and where in it ours begin.
///
/// @param base the group below which ours are made
/// @param version which of the kernel's two interfaces its files have
/// @param controllers those whose files our groups get; empty for the v2 tree beside v1, which then
///   has CPU time and events only
record Hierarchy(Path base, Version version, Set<String> controllers) {

  enum Version {
    V1,
    V2
  }

  Hierarchy {
    controllers = Set.copyOf(controllers);
  }

  boolean has(String controller) {
    return controllers.contains(controller);
  }
}
