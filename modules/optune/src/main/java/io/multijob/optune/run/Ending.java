package io.multijob.optune.run;

/// How a run ended.
public enum Ending {
  SUCCEEDED,

  /// It never ran, ended with an exit code other than 0, or for a reason other than completion.
  FAILED
}
