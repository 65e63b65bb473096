package io.multijob.sandbox.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The control groups that the runners of this process have on the machine.
final class ControlGroups {
  private static final Path ROOT = Path.of("/sys/fs/cgroup");
  private static final String OURS = "servo-sandbox-" + ProcessHandle.current().pid() + "-";

  private ControlGroups() {}

  /// Their directories, in whatever hierarchy.
  static List<Path> ofThisProcess() {
    try (Stream<Path> entries =
        Files.find(ROOT, 2, (path, _) -> path.getFileName().toString().startsWith(OURS))) {
      return entries.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
