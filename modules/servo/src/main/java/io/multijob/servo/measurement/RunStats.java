package io.multijob.servo.measurement;

import io.multijob.protocol.PodmonReport;

/// What was counted of a run, and how it came to us.
public sealed interface RunStats {

  /// Nothing came: what is known of the run is what the pod's status says.
  record Nothing() implements RunStats {}

  record Counted(PodmonReport report, Way way) implements RunStats {}

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
