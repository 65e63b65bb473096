package io.multijob.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A directory in which the files of an image lie as they will in it: below its root, and with the
/// times that they will have. Java's ahead-of-time caches ask for the same sizes and times, and
/// take any place as long as the paths end alike.
///
/// @param root the real path of a directory
record Staging(Path root) {

  /// Where the image's `path` lies here.
  Path at(String path) {
    return root.resolve(path.substring(1));
  }

  /// `text` with this place's paths made those of the image.
  String inImage(String text) {
    return text.replace(root.toString(), "");
  }

  /// Gives all files at and below the image's `path` the time that they will have in it.
  void resetTimes(String path) throws IOException {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> found = Files.walk(at(path))) {
      found.filter(Files::isRegularFile).forEach(files::add);
    }
    for (Path file : files) {
      RootDirectory.resetTime(file);
    }
  }

  /// Writes a file of Java's launcher: its arguments, one a line.
  void writeArguments(String path, List<String> arguments) throws IOException {
    Files.writeString(
        at(path),
        arguments.stream()
            .map(argument -> "\"" + argument.replace("\\", "\\\\").replace("\"", "\\\"") + "\"\n")
            .collect(Collectors.joining()),
        UTF_8);
    RootDirectory.resetTime(at(path));
  }
}
