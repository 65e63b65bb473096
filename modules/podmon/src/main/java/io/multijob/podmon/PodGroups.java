package io.multijob.podmon;

import io.multijob.cgroup.Group;
import java.util.List;

/// Where the pod's figures lie.
///
/// @param pod the pod's group
/// @param ownNames the name of podmon's own group below it; none where it could not be told, and
///   then podmon's share cannot be taken out
record PodGroups(Group pod, List<String> ownNames) {

  PodGroups {
    ownNames = List.copyOf(ownNames);
  }

  /// Podmon's own group; none if it is not known.
  List<Group> own() {
    return ownNames.stream().map(pod::child).toList();
  }

  boolean isOwn(String name) {
    return ownNames.contains(name);
  }
}
