package io.multijob.sandbox.run.process;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A container's process to be.
///
/// @param command the program and its arguments, as the program is to see them
/// @param environment all that it is to have
/// @param directory where it starts
public record Launch(
    List<String> command, Map<String, String> environment, Path directory, ContainerFiles files) {

  public Launch {
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }
}
