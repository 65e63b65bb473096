package io.multijob.sandbox.run.group;

import io.multijob.sandbox.run.group.Hierarchy.Version;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// A v1 machine: one mount for each controller or for several, and in a hybrid the v2 tree beside
/// them, for its events.
final class PlaceV1 {
  private static final List<String> CONTROLLERS = List.of("pids", "cpu", "memory", "cpuacct");

  private PlaceV1() {}

  /// @param root where the mounts are, `/sys/fs/cgroup`
  /// @param name the group to be made in each
  static Place find(Path root, String name) {
    List<Hierarchy> hierarchies = new ArrayList<>();
    List<String> shortcomings = new ArrayList<>();
    for (Path mount : mounts(root)) {
      try {
        Files.createDirectory(mount.resolve(name));
        hierarchies.add(hierarchy(mount));
      } catch (IOException e) {
        shortcomings.add("no control group can be made in " + mount + ": " + Cause.of(e));
      }
    }
    if (hierarchies.isEmpty()) {
      return Place.of(hierarchies, shortcomings);
    }
    for (String controller : List.of("cpuacct", "memory")) {
      if (hierarchies.stream().noneMatch(hierarchy -> hierarchy.has(controller))) {
        shortcomings.add(Shortcoming.without(controller));
      }
    }
    return Place.of(hierarchies, shortcomings);
  }

  /// The directories of the mounts, each once; in a hybrid `unified` comes last.
  private static List<Path> mounts(Path root) {
    List<Path> directories = directories(root);
    List<Path> mounts = new ArrayList<>();
    Set<Path> seen = new HashSet<>();
    for (String controller : CONTROLLERS) {
      directories.stream()
          .filter(directory -> controllers(directory).contains(controller))
          .filter(seen::add)
          .forEach(mounts::add);
    }
    Path unified = root.resolve("unified");
    if (Files.exists(unified.resolve("cgroup.controllers"))) {
      mounts.add(unified);
    }
    return mounts;
  }

  private static Hierarchy hierarchy(Path mount) {
    return Files.exists(mount.resolve("cgroup.controllers"))
        ? new Hierarchy(mount, Version.V2, Set.of())
        : new Hierarchy(mount, Version.V1, controllers(mount));
  }

  private static Set<String> controllers(Path mount) {
    return Set.of(mount.getFileName().toString().split(","));
  }

  /// Without the links `cpu` and `cpuacct` to `cpu,cpuacct`.
  private static List<Path> directories(Path root) {
    try (Stream<Path> entries = Files.list(root)) {
      return entries
          .filter(entry -> Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS))
          .filter(entry -> Files.exists(entry.resolve("cgroup.procs")))
          .sorted()
          .toList();
    } catch (IOException | UncheckedIOException e) {
      return List.of(); // no such machine: the caller finds nothing, and says so
    }
  }
}
