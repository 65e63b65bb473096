package io.multijob.sandbox.api.object;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The resources that are served.
public enum Resource {
  NAMESPACES(Group.CORE, Scope.CLUSTER, "Namespace", "namespaces", "ns"),
  NODES(Group.CORE, Scope.CLUSTER, "Node", "nodes", "no"),
  PODS(Group.CORE, Scope.NAMESPACE, "Pod", "pods", "po"),
  EVENTS(Group.CORE, Scope.NAMESPACE, "Event", "events", "ev"),
  JOBS(Group.BATCH, Scope.NAMESPACE, "Job", "jobs", ""),
  LEASES(Group.COORDINATION, Scope.NAMESPACE, "Lease", "leases", "");

  /// Whether a resource's objects lie in namespaces.
  public enum Scope {
    CLUSTER,
    NAMESPACE
  }

  private final Group group;
  private final Scope scope;
  private final String kind;
  private final String plural;
  private final String shortName;

  Resource(Group group, Scope scope, String kind, String plural, String shortName) {
    this.group = group;
    this.scope = scope;
    this.kind = kind;
    this.plural = plural;
    this.shortName = shortName;
  }

  public static Optional<Resource> find(Group group, String plural) {
    return Arrays.stream(values())
        .filter(resource -> resource.group == group && resource.plural().equals(plural))
        .findFirst();
  }

  /// The resource whose objects have this `apiVersion` and `kind`.
  public static Optional<Resource> ofKind(String apiVersion, String kind) {
    return Arrays.stream(values())
        .filter(r -> r.kind().equals(kind) && r.apiVersion().equals(apiVersion))
        .findFirst();
  }

  public static List<Resource> in(Group group) {
    return Arrays.stream(values()).filter(resource -> resource.group == group).toList();
  }

  public Group group() {
    return group;
  }

  public boolean namespaced() {
    return scope == Scope.NAMESPACE;
  }

  public String kind() {
    return kind;
  }

  public String plural() {
    return plural;
  }

  public String singular() {
    return kind.toLowerCase(Locale.ROOT);
  }

  /// What a person may type for it; empty when there is nothing shorter.
  public String shortName() {
    return shortName;
  }

  public String apiVersion() {
    return group.apiVersion();
  }

  /// The resource as messages name it: `pods`, `jobs.batch`.
  public String qualified() {
    return group.isCore() ? plural() : plural() + "." + group.id();
  }

  /// The kind as messages name it: `Pod`, `Job.batch`.
  public String qualifiedKind() {
    return group.isCore() ? kind() : kind() + "." + group.id();
  }
}
