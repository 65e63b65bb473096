package io.multijob.servo.report;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sqlite.SQLiteJDBCLoader;

/// SQLite's native library, which its driver unpacks before it can load it. The temp folder, where
/// it does so by itself, may be read-only or forbid execution; the state directory is ours.
final class SqliteLibrary {
  private static final String FOLDER_PROPERTY = "org.sqlite.tmpdir";

  private SqliteLibrary() {}

  /// Loads the library, unpacked into `folder` unless the driver's own property `org.sqlite.tmpdir`
  /// says another. What a killed process left there is removed.
  ///
  /// @param folder of this process alone
  /// @throws IOException if it cannot be unpacked or loaded there
  static void load(Path folder) throws IOException {
    if (System.getProperty(FOLDER_PROPERTY) == null) {
      Files.createDirectories(folder);
      removeLeftOvers(folder);
      System.setProperty(FOLDER_PROPERTY, folder.toString());
    }
    try {
      SQLiteJDBCLoader.initialize();
    } catch (Exception e) { // declared so by the driver
      throw new IOException(
          "SQLite's library cannot be loaded from "
              + System.getProperty(FOLDER_PROPERTY)
              + " (does that forbid execution?); -Dorg.sqlite.tmpdir names another folder",
          e);
    }
  }

  static void removeLeftOvers(Path folder) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "sqlite-*")) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    }
  }
}
