package io.multijob.servo.pod;

/// Which pod, for those who have to find it in the cluster.
///
/// @param uid tells it from a later one of the same name
public record PodRef(String uid, String namespace, String name) {

  /// `namespace/name`, as a person writes it.
  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
