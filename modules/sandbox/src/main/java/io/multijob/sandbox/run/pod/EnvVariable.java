package io.multijob.sandbox.run.pod;

/// A variable of a container's environment, in the order of the pod's author.
public sealed interface EnvVariable {
  String name();

  /// Written by the author.
  ///
  /// @param value `$(NAME)` in it stands for a variable further up
  record Plain(String name, String value) implements EnvVariable {}

  /// Taken from something, such as a field of the pod: `$(NAME)` in it stands for itself.
  record Taken(String name, String value) implements EnvVariable {}

  /// Cannot be had, so the container cannot be made.
  ///
  /// @param reason in the kubelet's words
  record Missing(String name, String reason) implements EnvVariable {}
}
