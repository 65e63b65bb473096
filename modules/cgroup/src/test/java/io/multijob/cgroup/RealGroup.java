package io.multijob.cgroup;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// A group on this machine's own cgroups, in every hierarchy that it has.
final class RealGroup implements AutoCloseable {
  private static final String ROOT = "/sys/fs/cgroup";
  private static final String JOIN =
      "for group in $GROUPS; do echo $$ > $group/cgroup.procs || exit 99; done; exec \"$@\"";

  private final Group group;

  private RealGroup(Group group) {
    this.group = group;
  }

  /// Makes a group, or has the test skipped where none can be made.
  static RealGroup make() {
    Mounts mounts = Mounts.detect(new HostFiles(), ROOT);
    assumeTrue(!mounts.roots().isEmpty(), "no cgroups are mounted on " + ROOT);
    Map<Hierarchy, String> directories = new EnumMap<>(Hierarchy.class);
    String name = "/multijob-" + UUID.randomUUID();
    mounts.roots().forEach((hierarchy, root) -> directories.put(hierarchy, root + name));
    var made = new RealGroup(new Group(directories));
    for (String directory : directories.values()) {
      boolean isMade = new File(directory).mkdir();
      if (!isMade) {
        made.close();
      }
      assumeTrue(isMade, "no permission to make groups: run as root");
    }
    return made;
  }

  Group group() {
    return group;
  }

  RealGroup makeChild(String name) {
    var child = new RealGroup(group.child(name));
    child.group.directories().values().forEach(directory -> new File(directory).mkdir());
    return child;
  }

  /// Starts `command` in this group.
  Process start(String... command) throws IOException {
    List<String> line = new ArrayList<>(List.of("sh", "-c", JOIN, "sh"));
    line.addAll(List.of(command));
    var builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder.environment().put("GROUPS", String.join(" ", group.directories().values()));
    return builder.start();
  }

  void write(Hierarchy hierarchy, String file, String value) throws IOException {
    Files.writeString(Path.of(group.in(hierarchy).orElseThrow(), file), value);
  }

  /// Removes the group; what still holds a process stays.
  @Override
  public void close() {
    group.directories().values().forEach(directory -> new File(directory).delete());
  }
}
