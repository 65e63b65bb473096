package io.multijob.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/// The system's libraries that programs need, the loader among them, as `ldd` tells.
final class SharedLibraries {
  private SharedLibraries() {}

  /// What the programs and libraries below `directory` need that is not in it, by the paths where
  /// the loader looks for it.
  static NavigableSet<Path> of(Path directory) throws IOException, InterruptedException {
    NavigableSet<Path> libraries = new TreeSet<>();
    List<Path> programs;
    try (Stream<Path> found = Files.walk(directory)) {
      programs = found.filter(Files::isRegularFile).filter(SharedLibraries::isProgram).toList();
    }
    for (Path program : programs) {
      Command.run(List.of("ldd", program.toString()))
          .lines()
          .flatMap(SharedLibraries::path)
          .filter(path -> !path.startsWith(directory.toAbsolutePath()))
          .forEach(libraries::add);
    }
    return libraries;
  }

  private static boolean isProgram(Path file) {
    return file.toString().endsWith(".so") || Files.isExecutable(file);
  }

  /// Of `libc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x...)` or `/lib64/ld-linux... (0x...)`.
  private static Stream<Path> path(String line) {
    int slash = line.indexOf('/');
    int end = line.lastIndexOf(" (");
    return slash < 0 || end < slash
        ? Stream.empty()
        : Stream.of(Path.of(line.substring(slash, end)));
  }
}
