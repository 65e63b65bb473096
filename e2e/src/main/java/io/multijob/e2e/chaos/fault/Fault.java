package io.multijob.e2e.chaos.fault;

import java.util.SplittableRandom;

/// Something that goes wrong for a while.
public interface Fault {

  /// Goes wrong once, in a manner and for a time drawn from `random`; when this returns, all that
  /// was broken is whole.
  void strike(SplittableRandom random) throws Exception;
}
