package io.multijob.sandbox.run.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Finds a container's processes where it has no control group: by the session that its first
/// process leads. The number of a session is not given to another process while one is left in it.
final class SessionProcesses {
  private static final int SESSION = 3; // after the name: state, parent, process group, session

  private SessionProcesses() {}

  static void killAll(long session) {
    List<ProcessHandle> left = of(session);
    left.forEach(ProcessHandle::destroyForcibly);
  }

  private static List<ProcessHandle> of(long session) {
    try (Stream<Path> entries = Files.list(Path.of("/proc"))) {
      return entries
          .filter(entry -> entry.getFileName().toString().chars().allMatch(Character::isDigit))
          .filter(entry -> isIn(session, entry))
          .flatMap(
              entry -> ProcessHandle.of(Long.parseLong(entry.getFileName().toString())).stream())
          .toList();
    } catch (IOException | UncheckedIOException e) {
      return List.of(); // no /proc, so none to be found
    }
  }

  private static boolean isIn(long session, Path process) {
    try {
      String stat = Files.readString(process.resolve("stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return fields[SESSION].equals(Long.toString(session));
    } catch (IOException e) {
      return false; // it has ended
    }
  }
}
