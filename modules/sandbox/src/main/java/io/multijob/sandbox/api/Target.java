package io.multijob.sandbox.api;

import io.multijob.sandbox.api.object.Group;
import io.multijob.sandbox.api.object.Key;
import io.multijob.sandbox.api.object.Resource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a path leads to: a resource, one object of it, or a part of that object.
///
/// @param namespace empty for all namespaces, or where there are none
/// @param name empty for the collection
/// @param subresource such as `status`; empty for the object itself
record Target(Resource resource, String namespace, String name, String subresource) {
  private static final Set<String> NAMESPACE_PARTS = Set.of("status", "finalize");

  /// Reads `/api/v1/namespaces/NAMESPACE/pods/NAME/log` and the like.
  ///
  /// @param segments of the path, without its empty ones
  static Optional<Target> parse(List<String> segments) {
    if (segments.size() >= 3 && segments.getFirst().equals("api")) {
      return inGroup("", segments.subList(1, segments.size()));
    }
    if (segments.size() >= 4 && segments.getFirst().equals("apis")) {
      return inGroup(segments.get(1), segments.subList(2, segments.size()));
    }
    return Optional.empty();
  }

  Key key() {
    return new Key(namespace, name);
  }

  boolean isCollection() {
    return name.isEmpty();
  }

  /// @param versionAndRest the version, and what follows it
  private static Optional<Target> inGroup(String groupId, List<String> versionAndRest) {
    List<String> rest = versionAndRest.subList(1, versionAndRest.size());
    return Group.find(groupId)
        .filter(group -> group.version().equals(versionAndRest.getFirst()))
        .flatMap(group -> inGroup(group, rest));
  }

  private static Optional<Target> inGroup(Group group, List<String> rest) {
    boolean inNamespace =
        rest.size() >= 3
            && rest.getFirst().equals("namespaces")
            && !NAMESPACE_PARTS.contains(rest.get(2));
    return inNamespace ? of(group, rest.get(1), rest.subList(2, rest.size())) : of(group, "", rest);
  }

  private static Optional<Target> of(Group group, String namespace, List<String> rest) {
    if (rest.size() > 3) {
      return Optional.empty();
    }
    String name = rest.size() > 1 ? rest.get(1) : "";
    String subresource = rest.size() > 2 ? rest.get(2) : "";
    return Resource.find(group, rest.getFirst())
        .map(resource -> new Target(resource, namespace, name, subresource))
        .filter(Target::isWhole);
  }

  /// An object of a namespace cannot be named without it, one of the cluster not with one.
  private boolean isWhole() {
    return resource.namespaced() ? isCollection() || !namespace.isEmpty() : namespace.isEmpty();
  }
}
