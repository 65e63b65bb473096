package io.multijob.servo.admission;

/// Says what may be done to pods. Called for each pod of ours, by many threads at once: it answers
/// at once.
@FunctionalInterface
public interface Restraint {

  /// Nothing is held back.
  Restraint NONE = (change, namespace, appId) -> true;

  /// What is done to a pod.
  enum Change {
    /// Podmon is put in.
    INJECT,
    /// The service's settings are put in.
    ADJUST
  }

  /// True where pods of this app in this namespace may be changed so.
  boolean allows(Change change, String namespace, String appId);
}
