package io.multijob.sandbox.run.pod;

import java.time.Instant;

/// How a container ended.
///
/// @param id the container's; empty for one that is lost, whose times are not known either
/// @param exitCode 128 + n when signal n killed it, as container runtimes say it
/// @param startedAt the epoch for one that could not be started, as the kubelet says it
public record Termination(
    String id, int exitCode, String reason, String message, Instant startedAt, Instant finishedAt) {

  /// A command that could not be started.
  public static Termination notStarted(String id, String why, Instant at) {
    String message =
        "failed to create containerd task: failed to create shim task: OCI runtime create failed:"
            + " runc create failed: unable to start container process: error during container init: "
            + why
            + ": unknown";
    return new Termination(id, 128, "StartError", message, Instant.EPOCH, at);
  }

  /// What the kubelet says of a container that is not there when its pod is over.
  static Termination unknown() {
    return new Termination(
        "",
        137,
        "ContainerStatusUnknown",
        "The container could not be located when the pod was terminated",
        Instant.EPOCH,
        Instant.EPOCH);
  }
}
