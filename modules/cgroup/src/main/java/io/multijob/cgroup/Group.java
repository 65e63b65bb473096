package io.multijob.cgroup;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// One control group: its directory in each hierarchy that it lies in. The directories need not
/// exist any more.
///
/// @param directories absolute paths, at least one
public record Group(Map<Hierarchy, String> directories) {

  public Group {
    if (directories.isEmpty()) {
      throw new IllegalArgumentException("a group lies in at least one hierarchy");
    }
    directories = Map.copyOf(directories);
  }

  /// Its directory in `hierarchy`, if it lies there.
  public Optional<String> in(Hierarchy hierarchy) {
    return Optional.ofNullable(directories.get(hierarchy));
  }

  /// The group `name` below this one, in all the same hierarchies.
  public Group child(String name) {
    Map<Hierarchy, String> children = new EnumMap<>(Hierarchy.class);
    directories.forEach((hierarchy, directory) -> children.put(hierarchy, directory + "/" + name));
    return new Group(children);
  }
}
