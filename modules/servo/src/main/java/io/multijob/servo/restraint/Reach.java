package io.multijob.servo.restraint;

/// Whose pods are left alone.
public sealed interface Reach {

  String namespace();

  /// All of a namespace.
  record Whole(String namespace) implements Reach {
    @Override
    public String toString() {
      return "namespace " + namespace;
    }
  }

  /// Those of one app in a namespace.
  record App(String namespace, String appId) implements Reach {
    @Override
    public String toString() {
      return "app " + appId + " in namespace " + namespace;
    }
  }
}
