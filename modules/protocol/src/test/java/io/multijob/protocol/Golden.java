package io.multijob.protocol;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/// The golden files of one folder: a changed one is a changed contract.
///
/// @param folder below `golden`
record Golden(String folder) {
  private static final Path ROOT = Path.of("src", "test", "resources", "golden");
  private static final String SUFFIX = ".json";

  String read(String name) {
    try {
      return Files.readString(ROOT.resolve(folder).resolve(name + SUFFIX));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Set<String> names() throws IOException {
    var names = new TreeSet<String>();
    try (var files = Files.newDirectoryStream(ROOT.resolve(folder), "*" + SUFFIX)) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        names.add(name.substring(0, name.length() - SUFFIX.length()));
      }
    }
    return names;
  }
}
