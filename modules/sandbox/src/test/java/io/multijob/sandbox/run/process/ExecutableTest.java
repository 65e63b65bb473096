package io.multijob.sandbox.run.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.sandbox.run.process.Executable.Found;
import io.multijob.sandbox.run.process.Executable.Unfit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExecutableTest {
  @TempDir private Path directory;

  @BeforeEach
  void makePrograms() throws IOException {
    Files.createDirectory(directory.resolve("bin"));
    Files.createFile(
        directory.resolve("bin/tool"),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    Files.createFile(
        directory.resolve("bin/text"),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--")));
  }

  @Test
  void aNameIsLookedForInThePath() {
    String path = "/nowhere:" + directory.resolve("bin");

    assertThat(Executable.find("tool", path, directory)).isEqualTo(new Found());
  }

  @Test
  void aPathStartsFromTheDirectory() {
    assertThat(Executable.find("bin/tool", "", directory)).isEqualTo(new Found());
  }

  @Test
  void aNameThatIsNotInThePathIsNotFound() {
    assertThat(Executable.find("tool", "/nowhere", directory))
        .isEqualTo(new Unfit("exec: \"tool\": executable file not found in $PATH"));
  }

  @Test
  void aFileThatIsNotThereIsNotFound() {
    assertThat(Executable.find("/no/tool", "", directory))
        .isEqualTo(new Unfit("exec: \"/no/tool\": stat /no/tool: no such file or directory"));
  }

  @Test
  void aFileThatIsNoProgramIsDenied() {
    assertThat(Executable.find("bin/text", "", directory))
        .isEqualTo(new Unfit("exec: \"bin/text\": permission denied"));
  }

  @Test
  void aDirectoryIsNoProgram() {
    assertThat(Executable.find("./bin", "", directory))
        .isEqualTo(new Unfit("exec: \"./bin\": is a directory"));
  }
}
