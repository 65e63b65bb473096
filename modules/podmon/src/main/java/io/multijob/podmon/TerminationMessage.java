package io.multijob.podmon;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileOutputStream;
import java.io.IOException;

/// The file whose text the kubelet puts into the pod's status when podmon's container has ended. It
/// is there before (a mount of its own), so it is written over, not replaced.
final class TerminationMessage {
  private final String path;

  TerminationMessage(String path) {
    this.path = path;
  }

  /// Says `line` instead of what was said before.
  ///
  /// @throws IOException if the file cannot be written
  void write(String line) throws IOException {
    try (var out = new FileOutputStream(path)) {
      out.write(line.getBytes(UTF_8));
    }
  }
}
