package io.multijob.sandbox.run.group;

import io.multijob.sandbox.run.group.Hierarchy.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// A v2 machine: the top of the tree for root, as for a kubelet with the cgroupfs driver; for
/// others the group that we are in, where it has been delegated to us.
final class PlaceV2 {
  private final Set<String> wanted;
  private final String name;

  /// @param wanted controllers that our groups should have
  /// @param name the group to be made
  PlaceV2(Set<String> wanted, String name) {
    this.wanted = new TreeSet<>(wanted);
    this.name = name;
  }

  static boolean isV2(Path root) {
    return Files.exists(root.resolve("cgroup.controllers"));
  }

  /// @param root the top of the tree
  /// @param own the group that this process is in
  Place find(Path root, Path own) {
    List<String> refusals = new ArrayList<>();
    for (Path base : new LinkedHashSet<>(List.of(root, own))) {
      try {
        Files.createDirectory(base.resolve(name));
        return at(base, own);
      } catch (IOException e) {
        refusals.add("no control group can be made in " + base + ": " + Cause.of(e));
      }
    }
    return Place.of(List.of(), refusals);
  }

  private Place at(Path base, Path own) throws IOException {
    Delegation delegation = new Delegation(base, own);
    Set<String> offered = words(base.resolve("cgroup.controllers"));
    Set<String> enabled = new TreeSet<>();
    List<String> shortcomings = new ArrayList<>();
    for (String controller : wanted) {
      if (offered.contains(controller) && delegation.enable(controller)) {
        enabled.add(controller);
      } else {
        shortcomings.add(Shortcoming.without(controller));
      }
    }
    return new Place(
        List.of(new Hierarchy(base, Version.V2, enabled)), shortcomings, Optional.of(delegation));
  }

  static Set<String> words(Path file) throws IOException {
    return new TreeSet<>(List.of(Files.readString(file).strip().split("\\s+")));
  }
}
