package io.multijob.e2e.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.List;

/// Runs programs.
final class Command {
  private Command() {}

  /// Runs one to its end.
  ///
  /// @return what it printed
  /// @throws IOException if it cannot be started or ends with anything but 0
  static String run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(
          "%s ended with %d: %s".formatted(command, process.exitValue(), printed));
    }
    return printed;
  }
}
