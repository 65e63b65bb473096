package io.multijob.servo.measurement;

import io.multijob.protocol.Figures;
import io.multijob.protocol.PodmonReport;
import java.time.Instant;

/// What was counted of a run, and how it came to us.
public sealed interface RunStats {

  /// Nothing came: what is known of the run is what the pod's status says.
  record Nothing() implements RunStats {}

  record Counted(PodmonReport report, Way way) implements RunStats {}

  /// Its node's kubelet had looked at the pod now and then: not exact.
  ///
  /// @param at when it had looked last; what the run used after that is not in the figures
  record Sampled(Figures figures, Instant at) implements RunStats {}

  /// How podmon's figures came.
  enum Way {
    /// As its container's termination message, vouched for by the kubelet.
    MESSAGE("message"),
    /// Posted to us by whoever could reach us.
    POSTED("posted");

    private final String wire;

    Way(String wire) {
      this.wire = wire;
    }

    String wire() {
      return wire;
    }
  }
}
