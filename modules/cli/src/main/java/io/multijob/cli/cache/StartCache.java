package io.multijob.cli.cache;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// What a start loads and links, ready to be mapped ([JEP 514](https://openjdk.org/jeps/514)).
///
/// @param launcher of the distribution
/// @param file where the launcher looks for it
public record StartCache(Path launcher, Path file) {
  /// Java writes it when the process ends that was recorded.
  private static final Duration WRITING = Duration.ofMinutes(2);

  /// Without a folder: Java's options are parted by blanks, and a folder's name may have some.
  private static final String NEW = "new.aot";

  /// Without profiles of the methods, which the first compiler, the only one of `run`, has no use
  /// for.
  private static final String RECORDING =
      "-XX:+UnlockDiagnosticVMOptions -XX:-AOTRecordTraining -XX:AOTCacheOutput=" + NEW;

  private static final String LOG = "log";

  /// Makes it anew, and removes those of other jars.
  ///
  /// @param temporary an empty folder for the rehearsal
  /// @throws IOException if the folder of the cache cannot be written to, or the servo does not run
  ///   here; the message holds what it said
  public void make(Path temporary) throws IOException, InterruptedException {
    removeAll();
    try (Rehearsal rehearsal = new Rehearsal(temporary)) {
      Process servo = start(rehearsal, temporary);
      try {
        rehearsal.play();
        servo.destroy();
        servo.waitFor(WRITING.toSeconds(), TimeUnit.SECONDS);
      } finally {
        servo.destroyForcibly();
      }
      Files.move(temporary.resolve(NEW), file);
    } catch (IOException e) {
      Path log = temporary.resolve(LOG);
      String said = Files.isReadable(log) ? "\n" + Files.readString(log) : "";
      throw new IOException("no cache was made: " + e.getMessage() + said, e);
    }
  }

  private void removeAll() throws IOException {
    try (DirectoryStream<Path> caches =
        Files.newDirectoryStream(file.resolveSibling(""), "servo-*.aot")) {
      for (Path cache : caches) {
        Files.delete(cache);
      }
    }
  }

  private Process start(Rehearsal rehearsal, Path temporary) throws IOException {
    ProcessBuilder servo =
        new ProcessBuilder(launcher.toString(), "run")
            .directory(temporary.toFile())
            .redirectErrorStream(true)
            .redirectOutput(temporary.resolve(LOG).toFile());
    servo.environment().putAll(rehearsal.settings());
    servo.environment().put("SERVO_JAVA_OPTIONS", RECORDING);
    return servo.start();
  }
}
