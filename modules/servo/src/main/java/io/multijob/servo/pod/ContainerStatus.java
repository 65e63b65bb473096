package io.multijob.servo.pod;

/// What is said of one container.
///
/// @param id with the runtime's prefix, such as `containerd://4f...`; empty before it was made
public record ContainerStatus(ContainerKind kind, String name, String id, ContainerState state) {

  /// The id as the runtime and the cgroup's directory have it.
  public String bareId() {
    return id.substring(id.indexOf("://") < 0 ? 0 : id.indexOf("://") + 3);
  }
}
