package io.multijob.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What lies beside this program: its jars and its examples.
final class Distribution {
  private static final String HOME = "servo.home"; // set by the launcher

  private Distribution() {}

  /// The sample jobs, where there is a distribution.
  static Optional<Path> sampleJobs() {
    return home().map(home -> home.resolve("example/jobs")).filter(Files::isDirectory);
  }

  /// The command that starts podmon as a process of its own: a JVM as small as one can be.
  static List<String> podmon() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Xshare:auto",
        "-Xmx16m",
        "-Xss256k",
        "-cp",
        home().map(Distribution::podmonJars).orElseGet(() -> System.getProperty("java.class.path")),
        "io.multijob.podmon.Podmon");
  }

  private static String podmonJars(Path home) {
    try (Stream<Path> jars = Files.list(home.resolve("lib"))) {
      return jars.filter(
              jar -> jar.getFileName().toString().matches("(podmon|cgroup|jspecify)-.*\\.jar"))
          .map(Path::toString)
          .sorted()
          .collect(Collectors.joining(":"));
    } catch (IOException e) {
      throw new UncheckedIOException("the distribution cannot be read", e);
    }
  }

  private static Optional<Path> home() {
    String home = System.getProperty(HOME, "");
    return home.isEmpty() ? Optional.empty() : Optional.of(Path.of(home).normalize());
  }
}
