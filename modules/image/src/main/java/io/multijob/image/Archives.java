package io.multijob.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// The Java archives of a distribution.
final class Archives {
  private Archives() {}

  /// The archive of `module`, whatever its version.
  ///
  /// @throws IOException if `libraries` has none
  static Path find(Path libraries, String module) throws IOException {
    try (Stream<Path> found = Files.list(libraries)) {
      return found
          .filter(file -> file.getFileName().toString().matches(module + "-[0-9].*\\.jar"))
          .findFirst()
          .orElseThrow(() -> new IOException("no archive of " + module + " in " + libraries));
    }
  }
}
