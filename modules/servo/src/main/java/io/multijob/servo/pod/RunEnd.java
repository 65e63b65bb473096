package io.multijob.servo.pod;

import java.time.Instant;

/// How a run ended.
///
/// @param span from when to when the workload ran
/// @param exit what it exited with
/// @param cause why it ended
public record RunEnd(RunSpan span, Exit exit, Cause cause) {

  /// From when to when the workload ran.
  public sealed interface RunSpan {

    /// It ran.
    ///
    /// @param clock who told the end
    record Ran(Instant started, Instant finished, EndClock clock) implements RunSpan {
      public Ran {
        if (finished.isBefore(started)) {
          finished = started;
        }
      }
    }

    /// The workload never started, or nobody saw it.
    record NeverRan() implements RunSpan {}
  }

  /// Whose clock says when a run ended.
  public enum EndClock {
    /// The kubelet's, in whole seconds.
    KUBELET,
    /// Ours: the workload was running when last heard of, and now it cannot be any more.
    SERVO
  }

  /// What the workload exited with.
  public sealed interface Exit {

    /// It exited, or was made to.
    ///
    /// @param code 128 and the signal's number for one that was killed by a signal
    record Exited(int code) implements Exit {}

    /// Nobody told.
    record Unknown() implements Exit {}
  }

  /// Why the run ended.
  ///
  /// @param reason one word as Kubernetes has it: `Completed`, `OOMKilled`, `Evicted`
  /// @param message the same in a sentence; may be empty
  public record Cause(String reason, String message) {}
}
