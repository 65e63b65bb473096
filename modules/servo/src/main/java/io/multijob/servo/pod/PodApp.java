package io.multijob.servo.pod;

/// Whose run a pod is, by its spec and annotations.
///
/// @param id the app id; empty when the app-id path leads nowhere: not one of ours
/// @param workload the container whose run it is
/// @param doneAt the annotation `done-at` as written, empty when there is none
/// @param restarts the pod's restart policy
public record PodApp(String id, Workload workload, String doneAt, RestartPolicy restarts) {

  /// The container whose run is the pod's run.
  ///
  /// @param resources its requests and limits as compact JSON, `{}` when it has none
  /// @param restarts whether a rule of its own can start it again in a pod that never does
  public record Workload(String name, String resources, RestartPolicy restarts) {}
}
