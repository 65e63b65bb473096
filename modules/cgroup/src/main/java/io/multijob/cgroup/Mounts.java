package io.multijob.cgroup;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Where the hierarchies are mounted below a root such as `/sys/fs/cgroup`.
///
/// @param version which of the two has the figures
/// @param roots the top directory of each hierarchy; on v2 only [Hierarchy#UNIFIED]
public record Mounts(Version version, Map<Hierarchy, String> roots) {
  private static final String V2_MARK = "/cgroup.controllers";
  private static final String HYBRID = "/unified";

  /// Which kind of tree has the figures.
  public enum Version {
    V1,
    V2
  }

  public Mounts {
    roots = Map.copyOf(roots);
  }

  /// Looks at what is below `root`: a v2 tree itself, or v1 mounts named by their controllers, each
  /// alone or several together in any order (`cpu,cpuacct`), with `unified` beside them in a
  /// hybrid.
  public static Mounts detect(CgroupFiles files, String root) {
    List<String> names = files.list(root);
    if (names.contains(V2_MARK.substring(1))) {
      return new Mounts(Version.V2, Map.of(Hierarchy.UNIFIED, root));
    }
    Map<Hierarchy, String> roots = new EnumMap<>(Hierarchy.class);
    for (Hierarchy hierarchy : List.of(Hierarchy.CPU, Hierarchy.CPUACCT, Hierarchy.MEMORY)) {
      String controller = hierarchy.name().toLowerCase(Locale.ROOT);
      names.stream()
          .filter(name -> List.of(name.split(",")).contains(controller))
          .findFirst()
          .ifPresent(name -> roots.put(hierarchy, root + "/" + name));
    }
    if (files.list(root + HYBRID).contains(V2_MARK.substring(1))) {
      roots.put(Hierarchy.UNIFIED, root + HYBRID);
    }
    return new Mounts(Version.V1, roots);
  }
}
