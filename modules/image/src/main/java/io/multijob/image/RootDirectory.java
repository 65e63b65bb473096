package io.multijob.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Set;

/// A layer laid out as files: with the permissions and the times that it has in an archive.
final class RootDirectory {
  private static final Set<PosixFilePermission> PROGRAM =
      PosixFilePermissions.fromString("rwxr-xr-x");
  private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("rw-r--r--");
  private static final Set<PosixFilePermission> OPEN = PosixFilePermissions.fromString("rwxrwxrwx");

  private RootDirectory() {}

  /// Lays `tree` over what is in `directory`.
  static void write(Path directory, FileTree tree) throws IOException {
    Files.createDirectories(directory);
    for (var entry : tree.entries().entrySet()) {
      Path path = directory.resolve(entry.getKey());
      switch (entry.getValue()) {
        case FileTree.Entry.Directory() -> makeDirectory(path, PROGRAM);
        case FileTree.Entry.OpenDirectory() -> makeDirectory(path, OPEN);
        case FileTree.Entry.File(Path source, boolean executable) -> {
          Files.copy(source, path);
          Files.setPosixFilePermissions(path, executable ? PROGRAM : FILE);
          resetTime(path);
        }
      }
    }
  }

  /// Gives the file the time that all files have in an image.
  static void resetTime(Path file) throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(TarWriter.SECONDS)));
  }

  private static void makeDirectory(Path path, Set<PosixFilePermission> permissions)
      throws IOException {
    Files.createDirectories(path);
    Files.setPosixFilePermissions(path, permissions);
  }
}
