package io.multijob.sandbox.api.object;

/// Which object of a resource. Ordered as lists are: by namespace, then by name.
///
/// @param namespace empty for an object of the cluster
public record Key(String namespace, String name) implements Comparable<Key> {

  public static Key inCluster(String name) {
    return new Key("", name);
  }

  @Override
  public int compareTo(Key other) {
    int byNamespace = namespace.compareTo(other.namespace);
    return byNamespace != 0 ? byNamespace : name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return namespace.isEmpty() ? name : namespace + "/" + name;
  }
}
