package io.multijob.servo.pod;

/// Which list of a pod's status a container stands in.
public enum ContainerKind {
  /// Init containers, native sidecars among them.
  INIT,
  REGULAR
}
