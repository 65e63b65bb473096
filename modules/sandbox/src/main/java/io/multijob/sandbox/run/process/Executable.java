package io.multijob.sandbox.run.process;

import java.nio.file.Files;
import java.nio.file.Path;

/// Looks for the program that a container names, as runc does in the container's own `PATH`.
///
/// @see <a href="https://pkg.go.dev/os/exec#LookPath">LookPath</a>, whose words the reasons are
sealed interface Executable {

  /// It is there and can be run.
  record Found() implements Executable {}

  /// It cannot be started.
  record Unfit(String reason) implements Executable {}

  /// Looks for `program`.
  ///
  /// @param program a name, or a path if it has a slash
  /// @param path the directories to look in, parted by colons
  /// @param directory that a relative path starts from
  static Executable find(String program, String path, Path directory) {
    if (program.contains("/")) {
      return at(program, directory.resolve(program));
    }
    for (String element : path.split(":", -1)) {
      Path file = directory.resolve(element).resolve(program);
      if (Files.isRegularFile(file) && Files.isExecutable(file)) {
        return new Found();
      }
    }
    return new Unfit("exec: \"%s\": executable file not found in $PATH".formatted(program));
  }

  private static Executable at(String program, Path file) {
    if (!Files.exists(file)) {
      return new Unfit(
          "exec: \"%s\": stat %s: no such file or directory".formatted(program, program));
    }
    if (Files.isDirectory(file)) {
      return new Unfit("exec: \"%s\": is a directory".formatted(program));
    }
    return Files.isExecutable(file)
        ? new Found()
        : new Unfit("exec: \"%s\": permission denied".formatted(program));
  }
}
