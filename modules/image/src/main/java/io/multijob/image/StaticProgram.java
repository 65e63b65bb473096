package io.multijob.image;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Programs in C that need no library at all, not even the system's: such a one is a few kilobytes
/// and runs in an empty image.
final class StaticProgram {
  private static final String COMPILER = "gcc";

  private static final List<String> FLAGS =
      List.of(
          "-Os",
          "-static",
          "-nostdlib",
          "-ffreestanding",
          "-fno-pie",
          "-no-pie",
          "-fno-stack-protector",
          "-fno-asynchronous-unwind-tables",
          // no loop is made a call of the library's memset
          "-fno-tree-loop-distribute-patterns",
          "-Wall",
          "-Wextra",
          "-Werror",
          "-Wl,--build-id=none",
          "-Wl,-z,noseparate-code",
          "-Wl,-z,noexecstack",
          "-s");

  private StaticProgram() {}

  /// @throws IOException if there is no compiler here, or it refuses
  static void compile(Path source, Path program) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(COMPILER));
    command.addAll(FLAGS);
    command.addAll(List.of("-o", program.toString(), source.toString()));
    Command.run(command);
  }
}
