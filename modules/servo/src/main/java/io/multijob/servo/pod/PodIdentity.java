package io.multijob.servo.pod;

/// Which pod, where, and what made it.
///
/// @param uid unique over time; the id of the pod's run
/// @param node empty until the pod is scheduled
/// @param owner what made the pod, under its stable name; [Owner#NONE] for a bare pod
public record PodIdentity(String uid, String namespace, String name, String node, Owner owner) {

  /// The pod for those who have to find it.
  public PodRef toRef() {
    return new PodRef(uid, namespace, name);
  }

  /// `namespace/name`, as a person writes it.
  public String ref() {
    return namespace + "/" + name;
  }
}
