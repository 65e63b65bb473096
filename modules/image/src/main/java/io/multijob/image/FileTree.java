package io.multijob.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The files of a layer, by their paths in the image, in the order of their names; each with the
/// directories that lead to it. Used by one thread.
public final class FileTree {

  /// What lies at a path.
  sealed interface Entry {

    /// A directory; what is in it has entries of its own.
    record Directory() implements Entry {}

    /// A directory in which every user may make files, and remove their own.
    record OpenDirectory() implements Entry {}

    /// A file.
    ///
    /// @param executable whether it is a program
    record File(Path source, boolean executable) implements Entry {}
  }

  private final NavigableMap<String, Entry> entries = new TreeMap<>();

  /// Puts a copy of the file `source` at `path`; links are followed.
  ///
  /// @param path absolute, with `/`
  public FileTree add(String path, Path source) {
    String name = path.substring(1);
    addDirectoriesTo(name);
    entries.put(name, new Entry.File(source, Files.isExecutable(source)));
    return this;
  }

  /// Puts the empty directory `path`, in which every user may make files.
  public FileTree addOpenDirectory(String path) {
    String name = path.substring(1);
    addDirectoriesTo(name);
    entries.put(name, new Entry.OpenDirectory());
    return this;
  }

  /// Puts all files below `directory` below `path`.
  ///
  /// @throws IOException if `directory` cannot be listed
  public FileTree addAll(String path, Path directory) throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.walk(directory)) {
      files = found.filter(Files::isRegularFile).toList();
    }
    files.forEach(file -> add(path + "/" + directory.relativize(file), file));
    return this;
  }

  /// By their paths without a `/` in front; a directory comes before what is in it.
  NavigableMap<String, Entry> entries() {
    return Collections.unmodifiableNavigableMap(entries);
  }

  private void addDirectoriesTo(String name) {
    for (int slash = name.indexOf('/'); slash > 0; slash = name.indexOf('/', slash + 1)) {
      entries.put(name.substring(0, slash), new Entry.Directory());
    }
  }
}
