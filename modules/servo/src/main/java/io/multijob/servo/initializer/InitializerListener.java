package io.multijob.servo.initializer;

/// Is told what becomes of pods that wait for us, for metrics. Called by many threads; must not
/// block.
public interface InitializerListener {

  /// How we were done with a pod.
  enum Ending {
    /// It was let go with our changes.
    CHANGED,
    /// It was let go as it is, since nothing was to be changed.
    UNCHANGED,
    /// It was let go as it is, since the change could not be had or was not taken.
    GIVEN_UP,
    /// It was deleted, or initialized by another, before we were done.
    GONE
  }

  void ended(Ending ending);

  /// A pod could not be let go yet; it is tried again.
  void delayed();
}
