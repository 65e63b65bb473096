package io.multijob.sandbox.run.pod;

import java.util.List;

/// A container of a pod, as its author wants it.
///
/// @param image shown in the status and otherwise ignored
/// @param messages where its last words are taken from
public record ContainerSpec(
    String name,
    Role role,
    String image,
    Invocation invocation,
    List<EnvVariable> environment,
    Resources resources,
    MessagePolicy messages) {

  /// What becomes the container's termination message.
  public enum MessagePolicy {
    /// What it has written into its file.
    FILE,
    /// The same, or the end of its log where that is empty and the container failed.
    FALLBACK_TO_LOGS_ON_ERROR
  }

  public ContainerSpec {
    environment = List.copyOf(environment);
  }
}
