package io.multijob.cgroup;

import java.util.Optional;

/// The name of a container's group, as runtimes spell it: the container's id (cgroupfs driver), or
/// `cri-containerd-<id>.scope`, `crio-<id>.scope`, `docker-<id>.scope` (systemd driver).
public final class ContainerName {
  private static final String SCOPE = ".scope";

  /// CRI-O's own process beside each container. It lives in the pod but is none of its containers.
  private static final String MONITOR = "crio-conmon-";

  private ContainerName() {}

  /// The id of the container whose group is called `group`; empty if `group` is no container's.
  public static Optional<String> id(String group) {
    if (group.startsWith(MONITOR)) {
      return Optional.empty();
    }
    if (group.endsWith(SCOPE)) {
      String stem = group.substring(0, group.length() - SCOPE.length());
      return Optional.of(stem.substring(stem.lastIndexOf('-') + 1));
    }
    return group.indexOf('.') < 0 && !isPlainControlFile(group)
        ? Optional.of(group)
        : Optional.empty();
  }

  /// v1's control files without a dot in their name.
  private static boolean isPlainControlFile(String name) {
    return name.equals("tasks") || name.equals("notify_on_release") || name.equals("release_agent");
  }
}
