package io.multijob.image;

import java.util.List;
import java.util.Map;

/// How a container of an image is started.
///
/// @param entrypoint the program and those of its arguments that are always there
/// @param command the arguments that others can take the place of; may be empty
/// @param environment variables; may be empty
public record ImageConfig(
    List<String> entrypoint, List<String> command, Map<String, String> environment) {

  /// The uid and the gid of every image of ours: nobody's.
  static final String USER = "65534:65534";

  public ImageConfig {
    entrypoint = List.copyOf(entrypoint);
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  static ImageConfig of(String... entrypoint) {
    return new ImageConfig(List.of(entrypoint), List.of(), Map.of());
  }
}
