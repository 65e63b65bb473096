package io.multijob.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/// Runs programs.
final class Command {
  private Command() {}

  /// Runs one to its end.
  ///
  /// @return what it printed
  /// @throws IOException if it cannot be started or ends with anything but 0
  static String run(List<String> command) throws IOException, InterruptedException {
    return run(command, System.getenv());
  }

  /// The same, with no other variables in its environment than these.
  static String run(List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().putAll(environment);
    Process process = builder.start();
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(
          "%s ended with %d: %s".formatted(command, process.exitValue(), printed));
    }
    return printed;
  }
}
