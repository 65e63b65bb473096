package io.multijob.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads what was written with the system's `tar`.
final class OciArchiveTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String LONG_NAME = "/opt/" + "directory/".repeat(12) + "file";

  @TempDir private Path directory = Path.of("");
  private Path program = Path.of("");
  private Path file = Path.of("");

  @BeforeEach
  void makeFiles() throws IOException {
    program = Files.writeString(directory.resolve("program"), "a program");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    file = Files.writeString(directory.resolve("file"), "a file");
  }

  @Test
  void equalFilesMakeEqualArchives() throws Exception {
    Path one = directory.resolve("one.tar");
    Path other = directory.resolve("other/other.tar");

    image().writeArchive(one, "localhost/it:1");
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
    image().writeArchive(other, "localhost/it:1");

    assertThat(one).hasSameBinaryContentAs(other);
  }

  @Test
  void theConfigurationSaysHowAContainerIsStarted() throws Exception {
    Path root = unpacked();

    JsonNode manifest = JSON.readTree(Files.readAllBytes(root.resolve("manifest.json"))).get(0);
    JsonNode config = JSON.readTree(Files.readAllBytes(root.resolve(path(manifest, "Config"))));

    assertThat(manifest.path("RepoTags").path(0).asString()).isEqualTo("localhost/it:1");
    assertThat(config.path("config"))
        .isEqualTo(
            JSON.readTree(
                """
                {"User": "65534:65534", "Entrypoint": ["/program", "always"], "Cmd": ["run"],
                 "Env": ["A=1", "PATH=/opt"]}
                """));
  }

  @Test
  void everyLayerHasItsFilesInOrderWithTheirPermissions() throws Exception {
    Path root = unpacked();
    JsonNode manifest = JSON.readTree(Files.readAllBytes(root.resolve("manifest.json"))).get(0);
    Path layer = root.resolve(manifest.path("Layers").path(1).asString());

    String listed = Command.run(List.of("tar", "-tvzf", layer.toString(), "--numeric-owner"));

    assertThat(listed.lines().map(line -> line.replaceAll(" +", " ")))
        .startsWith("drwxr-xr-x 0/0 0 1980-01-01 00:00 opt/")
        .contains("-rw-r--r-- 0/0 6 1980-01-01 00:00 " + LONG_NAME.substring(1))
        .contains("-rwxr-xr-x 0/0 9 1980-01-01 00:00 program")
        .endsWith("drwxrwxrwt 0/0 0 1980-01-01 00:00 state/");
  }

  @Test
  void aRootDirectoryHasTheFilesOfAllLayersWithTheirPermissionsAndTimes() throws Exception {
    Path root = directory.resolve("root");

    image().writeRoot(root);

    assertThat(root.resolve("etc/file")).hasContent("a file");
    assertThat(root.resolve(LONG_NAME.substring(1))).hasContent("a file");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve("state"))))
        .isEqualTo("rwxrwxrwx");
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve("program"))))
        .isEqualTo("rwxr-xr-x");
    assertThat(Files.getLastModifiedTime(root.resolve("program")).toInstant())
        .isEqualTo("1980-01-01T00:00:00Z");
  }

  private Image image() {
    FileTree lower = new FileTree().add("/etc/file", file);
    FileTree upper =
        new FileTree().addOpenDirectory("/state").add("/program", program).add(LONG_NAME, file);
    return new Image(
        new ImageConfig(
            List.of("/program", "always"), List.of("run"), Map.of("PATH", "/opt", "A", "1")),
        List.of(lower, upper));
  }

  private Path unpacked() throws Exception {
    Path archive = directory.resolve("image.tar");
    image().writeArchive(archive, "localhost/it:1");
    Path root = Files.createDirectory(directory.resolve("unpacked"));
    Command.run(List.of("tar", "-xf", archive.toString(), "-C", root.toString()));
    return root;
  }

  private static String path(JsonNode manifest, String field) {
    return manifest.path(field).asString();
  }
}
