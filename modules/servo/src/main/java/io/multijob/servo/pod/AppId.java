package io.multijob.servo.pod;

/// What an [AppIdPath] leads to in a pod.
///
/// @param value never empty
/// @param container index in `spec/containers` of the container that the path goes through: the
///   workload. 0, the first, when it goes through none
public record AppId(String value, int container) {

  public AppId {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("an app id is not empty");
    }
  }
}
