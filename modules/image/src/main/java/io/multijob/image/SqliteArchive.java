package io.multijob.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/// The archive of SQLite's driver, which holds the native library of some twenty platforms: parted
/// into one without any, and the library of this platform.
final class SqliteArchive {
  /// Of the archive.
  static final String MODULE = "sqlite-jdbc";

  private static final String NATIVE = "org/sqlite/native/";
  private static final String LIBRARY = "libsqlitejdbc.so";

  private SqliteArchive() {}

  /// @param archive the driver's
  /// @param libraries the directory into which both go
  /// @throws IOException if the archive has no library for this platform
  static void part(Path archive, Path libraries) throws IOException {
    String wanted = NATIVE + platform() + "/" + LIBRARY;
    Path library = libraries.resolve(LIBRARY);
    try (var in = new ZipInputStream(Files.newInputStream(archive));
        var out =
            new ZipOutputStream(Files.newOutputStream(libraries.resolve(archive.getFileName())))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        if (entry.getName().equals(wanted)) {
          Files.copy(in, library);
        }
        if (!entry.getName().startsWith(NATIVE)) {
          copy(in, entry, out);
        }
      }
    }
    if (!Files.exists(library)) {
      throw new IOException("no " + wanted + " in " + archive);
    }
  }

  private static void copy(ZipInputStream in, ZipEntry entry, ZipOutputStream out)
      throws IOException {
    var copy = new ZipEntry(entry.getName());
    copy.setTimeLocal(entry.getTimeLocal());
    out.putNextEntry(copy);
    in.transferTo(out);
    out.closeEntry();
  }

  /// As the driver names its directories.
  private static String platform() {
    String name = System.getProperty("os.arch");
    String architecture = name.equals("amd64") ? "x86_64" : name;
    boolean musl = Files.exists(Path.of("/lib/ld-musl-" + architecture + ".so.1"));
    return (musl ? "Linux-Musl/" : "Linux/") + architecture;
  }
}
