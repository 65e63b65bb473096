package io.multijob.sandbox.run.pod;

import java.time.Instant;

/// A pod's containers are being ended.
///
/// @param killAt when what still runs is killed
public record Stop(Reason reason, Instant killAt) {

  /// Why.
  public enum Reason {
    /// The regular containers have ended, or an init container has failed for good.
    OVER,
    /// Somebody deletes the pod.
    DELETED,
    /// The pod has been active longer than it may.
    DEADLINE_EXCEEDED
  }
}
