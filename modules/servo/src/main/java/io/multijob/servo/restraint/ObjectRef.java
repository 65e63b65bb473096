package io.multijob.servo.restraint;

import io.multijob.servo.pod.PodRef;

/// An object of the cluster, as an Event names the one that it is about.
///
/// @param apiVersion such as `batch/v1`
/// @param uid empty where it is not known; then no Event can be written on it
public record ObjectRef(String apiVersion, String kind, String namespace, String name, String uid) {

  static ObjectRef of(PodRef pod) {
    return new ObjectRef("v1", "Pod", pod.namespace(), pod.name(), pod.uid());
  }

  /// `Job batch/nightly`.
  @Override
  public String toString() {
    return kind + " " + namespace + "/" + name;
  }
}
