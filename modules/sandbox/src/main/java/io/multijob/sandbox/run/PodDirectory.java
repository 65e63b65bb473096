package io.multijob.sandbox.run;

import io.multijob.sandbox.run.process.ContainerFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// What a pod has on disk: a home, a place for temporary files, and the logs of its containers.
///
/// @param top holds nothing else
record PodDirectory(Path top) {

  /// Where containers start that do not say where.
  Path home() {
    return top.resolve("home");
  }

  Path temporary() {
    return top.resolve("tmp");
  }

  void create() throws IOException {
    for (Path directory : List.of(home(), temporary(), containers())) {
      Files.createDirectories(directory);
    }
  }

  /// The files of the container's start number `attempt`, from 0.
  ContainerFiles of(String container, int attempt) {
    String name = container + "-" + attempt;
    return new ContainerFiles(
        containers().resolve(name + ".log"), containers().resolve(name + ".message"));
  }

  /// Removes all of it. Links are removed and not followed.
  void delete() throws IOException {
    if (!Files.exists(top)) {
      return;
    }
    try (Stream<Path> entries = Files.walk(top)) {
      for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(entry);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private Path containers() {
    return top.resolve("containers");
  }
}
