package io.multijob.sandbox.api.object;

import java.util.Arrays;
import java.util.Optional;

/// An API group in the one version of it that is served.
public enum Group {
  CORE("", "v1"),
  BATCH("batch", "v1"),
  COORDINATION("coordination.k8s.io", "v1"),
  AUTHORIZATION("authorization.k8s.io", "v1");

  private final String id;
  private final String version;

  Group(String id, String version) {
    this.id = id;
    this.version = version;
  }

  /// The group of this name, empty for the core group, if it is served.
  public static Optional<Group> find(String id) {
    return Arrays.stream(values()).filter(group -> group.id.equals(id)).findFirst();
  }

  /// Its name as the API has it; empty for the core group.
  public String id() {
    return id;
  }

  public String version() {
    return version;
  }

  public boolean isCore() {
    return this == CORE;
  }

  /// The `apiVersion` of its objects.
  public String apiVersion() {
    return isCore() ? version : id + "/" + version;
  }

  /// Where it is served, such as `/api/v1` or `/apis/batch/v1`.
  public String path() {
    return isCore() ? "/api/" + version : "/apis/" + id + "/" + version;
  }
}
