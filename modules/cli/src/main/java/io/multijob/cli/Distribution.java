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
  private static final String CACHE = "servo.cache"; // likewise

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

  /// The launcher, if it has started us.
  static Optional<Path> launcher() {
    return home().map(home -> home.resolve("bin/servo"));
  }

  /// The file that the launcher gives to Java as a start cache, when it is there; its name changes
  /// with the jars.
  static Optional<Path> cache() {
    return path(CACHE);
  }

  /// Its folder, if the launcher has started us.
  static Optional<Path> home() {
    return path(HOME);
  }

  private static Optional<Path> path(String property) {
    String path = System.getProperty(property, "");
    return path.isEmpty() ? Optional.empty() : Optional.of(Path.of(path).normalize());
  }
}
