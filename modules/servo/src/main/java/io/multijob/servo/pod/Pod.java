package io.multijob.servo.pod;

import java.util.Optional;

/// What we keep of a pod: enough to say whose run it is, how it ended and what it was given.
///
/// @param identity which pod
/// @param app whose run it is
/// @param times when it did what, as far as it is known
/// @param status what the kubelet and the control plane say of it
/// @param marks what we have written on it
public record Pod(
    PodIdentity identity, PodApp app, PodTimes times, PodStatus status, PodMarks marks) {

  /// The container that collects the figures beside the workload, sidecar or not.
  public static final String MONITOR = "zzzzmonitor";

  public String uid() {
    return identity.uid();
  }

  /// True for a pod that ends by itself and bears an app id.
  public boolean ours() {
    return app.restarts() == RestartPolicy.NEVER && !app.id().isEmpty();
  }

  /// The workload container's status; nothing before the kubelet has reported one.
  public Optional<ContainerStatus> workload() {
    return status.container(ContainerKind.REGULAR, app.workload().name());
  }

  /// What is known of the workload now. One that has no status yet, or waits because the pod cannot
  /// be scheduled, is waiting with that reason.
  public ContainerState workloadState() {
    ContainerState state = workload().map(ContainerStatus::state).orElse(ContainerState.UNKNOWN);
    if (state.equals(ContainerState.UNKNOWN) && !status.conditions().unschedulable().isEmpty()) {
      return new ContainerState.Waiting("Unschedulable", status.conditions().unschedulable());
    }
    return state;
  }

  /// The status of podmon's container; nothing when the pod has none.
  public Optional<ContainerStatus> monitor() {
    return status
        .container(ContainerKind.INIT, MONITOR)
        .or(() -> status.container(ContainerKind.REGULAR, MONITOR));
  }
}
