package io.multijob.sandbox.run.group;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A group's directory with those below it. Any of them can go at any moment, and then there is
/// nothing in it.
final class Tree {
  private Tree() {}

  /// `top` and all groups below it, each after those in it; none if it is not there.
  static List<Path> deepestFirst(Path top) {
    List<Path> found = new ArrayList<>();
    collect(top, found);
    return found;
  }

  /// The numbers of the processes in the one group `directory`.
  static List<Long> processes(Path directory) {
    try {
      return Files.readAllLines(directory.resolve("cgroup.procs")).stream()
          .map(Long::valueOf)
          .toList();
    } catch (IOException e) {
      return List.of(); // it has gone
    }
  }

  /// Removes `top` and all groups below it as far as they are empty.
  ///
  /// @return whether nothing is left
  static boolean remove(Path top) {
    for (Path directory : deepestFirst(top)) {
      try {
        Files.deleteIfExists(directory);
      } catch (IOException e) {
        return false; // a process is left in it
      }
    }
    return true;
  }

  private static void collect(Path directory, List<Path> found) {
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (DirectoryStream<Path> below = Files.newDirectoryStream(directory, Files::isDirectory)) {
      below.forEach(child -> collect(child, found));
    } catch (IOException | DirectoryIteratorException e) {
      return; // it has gone
    }
    found.add(directory);
  }
}
