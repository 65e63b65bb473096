package io.multijob.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SqliteArchiveTest {
  @TempDir private Path directory = Path.of("");
  private Path libraries = Path.of("");

  @BeforeEach
  void makeDirectory() throws IOException {
    libraries = Files.createDirectory(directory.resolve("lib"));
  }

  @Test
  void partsTheDriverFromTheLibraryOfThisPlatform() throws Exception {
    Path archive =
        archiveOf(
            "org/sqlite/JDBC.class",
            "org/sqlite/native/Linux/x86_64/libsqlitejdbc.so",
            "org/sqlite/native/Linux/aarch64/libsqlitejdbc.so",
            "org/sqlite/native/Linux-Musl/x86_64/libsqlitejdbc.so",
            "org/sqlite/native/Linux-Musl/aarch64/libsqlitejdbc.so",
            "org/sqlite/native/Windows/x86_64/sqlitejdbc.dll");

    SqliteArchive.part(archive, libraries);

    assertThat(libraries.resolve("libsqlitejdbc.so")).content().contains("org/sqlite/native/Linux");
    try (var parted = new ZipFile(libraries.resolve("sqlite-jdbc-1.jar").toFile())) {
      assertThat(parted.stream().map(ZipEntry::getName)).containsExactly("org/sqlite/JDBC.class");
    }
  }

  @Test
  void saysWhichLibraryIsMissing() throws Exception {
    Path archive = archiveOf("org/sqlite/JDBC.class");

    assertThatThrownBy(() -> SqliteArchive.part(archive, libraries))
        .isInstanceOf(IOException.class)
        .hasMessageMatching("no org/sqlite/native/Linux.*/libsqlitejdbc.so in .*sqlite-jdbc-1.jar");
  }

  private Path archiveOf(String... names) throws IOException {
    Path archive = directory.resolve("sqlite-jdbc-1.jar");
    try (var out = new ZipOutputStream(Files.newOutputStream(archive))) {
      for (String name : List.of(names)) {
        out.putNextEntry(new ZipEntry(name));
        out.write(name.getBytes(UTF_8));
        out.closeEntry();
      }
    }
    return archive;
  }
}
