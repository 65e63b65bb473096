package io.multijob.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.multijob.e2e.servo.Distribution;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What a command of the distribution has done.
///
/// @param output what it said, on whatever stream
record Command(int exitCode, String output) {

  /// Runs it to its end.
  static Command run(Path kubeconfig, String... arguments) throws Exception {
    return run(kubeconfig, Map.of(), arguments);
  }

  /// Runs it to its end, with these settings.
  static Command run(Path kubeconfig, Map<String, String> settings, String... arguments)
      throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Distribution.command().toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(settings);
    builder.environment().put("KUBECONFIG", kubeconfig.toString());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Command(process.waitFor(), output);
  }
}
