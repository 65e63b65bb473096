package io.multijob.sandbox.api;

import io.multijob.sandbox.api.object.Group;
import io.multijob.sandbox.api.object.Json;
import io.multijob.sandbox.api.object.Resource;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What a client is told of what is served: groups, versions, resources and their verbs.
///
/// @see <a href="https://kubernetes.io/docs/concepts/overview/kubernetes-api/#discovery-api">
///   Discovery API</a>
final class Discovery {
  private static final List<Group> GROUPS =
      List.of(Group.BATCH, Group.COORDINATION, Group.AUTHORIZATION);
  private static final List<String> VERBS =
      List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");
  private static final List<String> STATUS_VERBS = List.of("get", "patch", "update");

  private Discovery() {}

  /// The document at a path of one to three segments below the root, if it is one of these.
  static Optional<ObjectNode> document(List<String> segments, String address, Release release) {
    return switch (segments) {
      case List<String> s when s.equals(List.of("version")) -> Optional.of(version(release));
      case List<String> s when s.equals(List.of("api")) -> Optional.of(coreVersions(address));
      case List<String> s when s.equals(List.of("apis")) -> Optional.of(groups());
      case List<String> s when s.equals(List.of("api", "v1")) -> Optional.of(resources(Group.CORE));
      case List<String> s when s.size() == 2 && s.getFirst().equals("apis") ->
          find(s.get(1)).map(found -> typed("APIGroup").setAll(group(found)));
      case List<String> s when s.size() == 3 && s.getFirst().equals("apis") ->
          find(s.get(1))
              .filter(group -> group.version().equals(s.get(2)))
              .map(Discovery::resources);
      default -> Optional.empty();
    };
  }

  private static ObjectNode version(Release release) {
    return Json.object()
        .put("major", "1")
        .put("minor", Integer.toString(release.minor()))
        .put("gitVersion", "v1." + release.minor() + ".0+sandbox")
        .put("gitCommit", "")
        .put("gitTreeState", "")
        .put("buildDate", "1970-01-01T00:00:00Z")
        .put("goVersion", "")
        .put("compiler", "")
        .put("platform", "linux/" + System.getProperty("os.arch"));
  }

  private static ObjectNode coreVersions(String address) {
    ObjectNode versions = Json.object().put("kind", "APIVersions");
    versions.putArray("versions").add(Group.CORE.version());
    versions
        .putArray("serverAddressByClientCIDRs")
        .addObject()
        .put("clientCIDR", "0.0.0.0/0")
        .put("serverAddress", address);
    return versions;
  }

  private static ObjectNode groups() {
    ObjectNode list = typed("APIGroupList");
    ArrayNode groups = list.putArray("groups");
    GROUPS.forEach(group -> groups.add(group(group)));
    return list;
  }

  private static ObjectNode group(Group group) {
    ObjectNode json = Json.object().put("name", group.id());
    json.putArray("versions").add(version(group));
    json.set("preferredVersion", version(group));
    return json;
  }

  private static ObjectNode version(Group group) {
    return Json.object().put("groupVersion", group.apiVersion()).put("version", group.version());
  }

  private static ObjectNode resources(Group group) {
    ObjectNode list = typed("APIResourceList").put("groupVersion", group.apiVersion());
    ArrayNode resources = list.putArray("resources");
    for (Resource resource : Resource.in(group)) {
      resource(resources, resource);
    }
    if (group == Group.AUTHORIZATION) {
      entry(resources, "selfsubjectaccessreviews", "SelfSubjectAccessReview", List.of("create"))
          .put("namespaced", false)
          .put("singularName", "selfsubjectaccessreview");
    }
    return list;
  }

  private static void resource(ArrayNode resources, Resource resource) {
    ObjectNode main = entry(resources, resource, "", resource.kind(), VERBS);
    main.put("singularName", resource.singular());
    if (!resource.shortName().isEmpty()) {
      main.putArray("shortNames").add(resource.shortName());
    }
    switch (resource) {
      case PODS -> {
        main.putArray("categories").add("all");
        entry(resources, resource, "/binding", "Binding", List.of("create"));
        entry(resources, resource, "/eviction", "Eviction", List.of("create"))
            .put("group", "policy")
            .put("version", "v1");
        entry(resources, resource, "/log", "Pod", List.of("get"));
        entry(resources, resource, "/status", "Pod", STATUS_VERBS);
      }
      case JOBS -> {
        main.putArray("categories").add("all");
        entry(resources, resource, "/status", resource.kind(), STATUS_VERBS);
      }
      case NAMESPACES, NODES ->
          entry(resources, resource, "/status", resource.kind(), STATUS_VERBS);
      case EVENTS, LEASES -> {}
    }
  }

  private static ObjectNode entry(
      ArrayNode resources, Resource resource, String part, String kind, List<String> verbs) {
    return entry(resources, resource.plural() + part, kind, verbs)
        .put("namespaced", resource.namespaced());
  }

  private static ObjectNode entry(
      ArrayNode resources, String name, String kind, List<String> verbs) {
    ObjectNode entry =
        resources.addObject().put("name", name).put("singularName", "").put("kind", kind);
    verbs.forEach(entry.putArray("verbs")::add);
    return entry;
  }

  private static Optional<Group> find(String name) {
    return Group.find(name).filter(GROUPS::contains);
  }

  private static ObjectNode typed(String kind) {
    return Json.object().put("kind", kind).put("apiVersion", "v1");
  }
}
