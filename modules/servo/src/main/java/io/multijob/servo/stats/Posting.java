package io.multijob.servo.stats;

/// What became of posted figures.
enum Posting {
  /// Kept: they survive a crash until their run is reported.
  STORED,
  /// The run was reported already; nothing is left to do with them.
  REPORTED_BEFORE,
  /// No pod of ours has this uid.
  UNKNOWN_POD,
  /// The list of pods is not complete yet: nobody can know whether the pod is ours.
  NOT_LISTED_YET,
  /// Too many are kept already.
  FULL
}
