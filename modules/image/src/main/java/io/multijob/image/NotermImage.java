package io.multijob.image;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// The image of a program that only sleeps and ignores TERM: one static file of a few kilobytes.
public final class NotermImage {
  private static final String PROGRAM = "/noterm";

  private NotermImage() {}

  /// Makes it.
  ///
  /// @param directory an empty directory, to be kept until the image is written
  /// @param source its source in C
  /// @throws IOException if it cannot be compiled
  public static Image make(Path directory, Path source) throws IOException, InterruptedException {
    var staging = new Staging(directory.toRealPath());
    StaticProgram.compile(source, staging.at(PROGRAM));
    return new Image(
        ImageConfig.of(PROGRAM), List.of(new FileTree().add(PROGRAM, staging.at(PROGRAM))));
  }
}
