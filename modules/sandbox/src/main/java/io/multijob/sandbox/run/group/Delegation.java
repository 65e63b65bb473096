package io.multijob.sandbox.run.group;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hands the controllers of a v2 group down to the groups in it.
///
/// The kernel refuses that while processes are in the group itself. Where that group is our own, we
/// and those with us in it (the shell that started us) are moved one level down, as systemd asks of
/// whom it delegates a group to, and moved back at the end.
///
/// @see <a href="https://systemd.io/CGROUP_DELEGATION/">Control Group APIs and Delegation</a>
final class Delegation {
  private static final Logger LOG = LoggerFactory.getLogger(Delegation.class);

  private final Path base;
  private final Path leaf;
  private final Occupant occupant;
  private final List<String> enabled = new ArrayList<>();

  /// Who keeps the controllers from being handed down.
  private enum Occupant {
    OURSELVES,
    OTHERS
  }

  /// @param base the group whose controllers are handed down
  /// @param own the group that this process is in
  Delegation(Path base, Path own) {
    this.base = base;
    this.leaf = base.resolve("servo-self-" + ProcessHandle.current().pid());
    this.occupant = base.equals(own) ? Occupant.OURSELVES : Occupant.OTHERS;
  }

  /// Whether the groups in the base have `controller` now.
  boolean enable(String controller) throws IOException {
    if (PlaceV2.words(subtreeControl()).contains(controller) || isAllowed(controller)) {
      return true;
    }
    if (occupant == Occupant.OTHERS) {
      return false;
    }
    moveAll(base, Files.createDirectories(leaf));
    return isAllowed(controller);
  }

  /// Makes all as it was. What others still use is left.
  void undo() {
    try {
      for (String controller : enabled) {
        ControlFile.write(subtreeControl(), "-" + controller);
      }
      if (Files.exists(leaf)) {
        moveAll(leaf, base);
        Files.delete(leaf);
      }
    } catch (IOException e) {
      LOG.atDebug().setCause(e).addKeyValue("group", base).log("Control group is left as it is");
    }
  }

  private boolean isAllowed(String controller) {
    try {
      ControlFile.write(subtreeControl(), "+" + controller);
      enabled.add(controller);
      return true;
    } catch (IOException e) {
      LOG.atDebug().setCause(e).addKeyValue("group", base).log("Controller is not handed down");
      return false;
    }
  }

  private static void moveAll(Path from, Path to) throws IOException {
    for (long pid : Tree.processes(from)) {
      ControlFile.write(to.resolve("cgroup.procs"), Long.toString(pid));
    }
  }

  private Path subtreeControl() {
    return base.resolve("cgroup.subtree_control");
  }
}
