package io.multijob.sandbox.api;

import java.nio.file.Path;
import java.util.Optional;

/// Where what containers print is kept.
@FunctionalInterface
public interface PodLogs {

  /// A file that grows while the container runs, or nothing when there is none (yet).
  Optional<Path> logOf(String namespace, String pod, String container);
}
