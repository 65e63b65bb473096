package io.multijob.e2e.image;

import java.util.List;

/// How a container of an image is started.
///
/// @param user a uid, and perhaps a gid: `65534:65534`
/// @param entrypoint the program and its arguments
public record ImageConfig(String user, List<String> entrypoint) {

  public ImageConfig {
    entrypoint = List.copyOf(entrypoint);
  }
}
