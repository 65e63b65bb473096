package io.multijob.servo.watch;

/// What one watch covers: a namespace, or the whole cluster.
///
/// @param namespace its name, or `*` for all
public record Scope(String namespace) {
  private static final String EVERYTHING = "*";

  /// The whole cluster.
  public static final Scope ALL = new Scope(EVERYTHING);

  public Scope {
    if (!namespace.equals(EVERYTHING) && !namespace.matches("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?")) {
      throw new IllegalArgumentException("not the name of a namespace: '" + namespace + "'");
    }
  }

  public boolean contains(String other) {
    return namespace.equals(EVERYTHING) || namespace.equals(other);
  }

  /// Where the API server has its pods.
  String path() {
    return namespace.equals(EVERYTHING)
        ? "/api/v1/pods"
        : "/api/v1/namespaces/" + namespace + "/pods";
  }

  @Override
  public String toString() {
    return namespace;
  }
}
