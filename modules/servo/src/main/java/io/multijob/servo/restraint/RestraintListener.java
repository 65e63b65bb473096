package io.multijob.servo.restraint;

/// Is told what is withheld: for metrics, for the service, for those who change pods elsewhere.
/// Called by many threads, which hold a lock: must not block, nor ask for what is withheld.
public interface RestraintListener {

  /// From now on. Of an adjustment the service is to hear as well: its [Restraint#reason()] is why
  /// it failed.
  void withheld(Restraint restraint);

  /// Not any longer.
  void lifted(Restraint restraint);
}
