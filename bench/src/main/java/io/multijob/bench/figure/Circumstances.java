package io.multijob.bench.figure;

import java.time.Instant;

/// When, where and of what the figures were measured.
///
/// @param commit the commit that was measured, in short
/// @param state whether the tree was as the commit says
/// @param load the machine's load average, over one minute, when the run began
public record Circumstances(
    Instant at, String commit, TreeState state, Machine machine, double load) {

  /// Whether the measured tree had changes that are not committed.
  public enum TreeState {
    CLEAN,
    CHANGED
  }

  /// A computer.
  ///
  /// @param memory in bytes
  /// @param java the version and its vendor
  public record Machine(int cores, long memory, String processor, String kernel, String java) {}
}
