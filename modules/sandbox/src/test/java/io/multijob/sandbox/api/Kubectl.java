package io.multijob.sandbox.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// A real kubectl, pointed at an API server of ours.
///
/// @param program the kubectl
/// @param home its home directory, with the kubeconfig in it
record Kubectl(Path program, Path home) {

  /// What one call came to.
  record Result(int exitCode, String output, String errors) {}

  /// Those that are on this machine: `$KUBECTL`, or else the test cluster's and the one on the
  /// path.
  static List<Path> found() {
    String given = System.getenv("KUBECTL");
    if (given != null) {
      return List.of(Path.of(given));
    }
    List<Path> found = new ArrayList<>();
    ofTheCluster().ifPresent(found::add);
    Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":", -1))
        .map(directory -> Path.of(directory, "kubectl"))
        .filter(Files::isExecutable)
        .findFirst()
        .ifPresent(found::add);
    return found;
  }

  /// Waits for the command's end.
  Result run(String... arguments) throws IOException, InterruptedException {
    return runWith("", arguments);
  }

  Result runWith(String input, String... arguments) throws IOException, InterruptedException {
    Path output = Files.createTempFile(home, "out", "");
    Path errors = Files.createTempFile(home, "err", "");
    Process process =
        builder(arguments).redirectOutput(output.toFile()).redirectError(errors.toFile()).start();
    process.outputWriter(UTF_8).append(input).close();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("kubectl " + List.of(arguments) + " has not ended");
    }
    return new Result(process.exitValue(), Files.readString(output), Files.readString(errors));
  }

  /// Starts a command that goes on until it is destroyed.
  Process start(String... arguments) throws IOException {
    return builder(arguments).redirectErrorStream(true).start();
  }

  private ProcessBuilder builder(String... arguments) {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("KUBECONFIG", home.resolve("config").toString());
    builder.environment().put("HOME", home.toString());
    return builder;
  }

  private static Optional<Path> ofTheCluster() {
    Path bin = Path.of(System.getProperty("user.home"), ".cache", "multijob-cluster", "bin");
    Optional<Path> newest = Optional.empty();
    try (DirectoryStream<Path> builds = Files.newDirectoryStream(bin)) {
      for (Path build : builds) {
        Path kubectl = build.resolve("kubectl");
        if (Files.isExecutable(kubectl) && (newest.isEmpty() || isNewer(kubectl, newest.get()))) {
          newest = Optional.of(kubectl);
        }
      }
    } catch (IOException e) {
      return Optional.empty();
    }
    return newest;
  }

  private static boolean isNewer(Path one, Path other) throws IOException {
    return Files.getLastModifiedTime(one).compareTo(Files.getLastModifiedTime(other)) > 0;
  }
}
