package io.multijob.sandbox.run.pod;

import java.util.List;
import java.util.Optional;

/// What is to be run, and where. There is no image that could say more.
///
/// @param command the program and its first arguments; where it is empty, `arguments` is all
/// @param directory where it runs; empty for the pod's own directory
public record Invocation(List<String> command, List<String> arguments, Optional<String> directory) {
  public Invocation {
    command = List.copyOf(command);
    arguments = List.copyOf(arguments);
  }
}
