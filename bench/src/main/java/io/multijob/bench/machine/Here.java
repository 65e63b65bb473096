package io.multijob.bench.machine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.multijob.bench.figure.Circumstances;
import io.multijob.bench.figure.Circumstances.Machine;
import io.multijob.bench.figure.Circumstances.TreeState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/// This machine and this tree, now.
public final class Here {
  private static final Path PROC = Path.of("/proc");
  private static final int BYTES_PER_KIB = 1024;

  private Here() {}

  /// Looks at the machine, and at the tree with git.
  ///
  /// @param project the folder of the project
  public static Circumstances circumstances(Path project) throws IOException, InterruptedException {
    String load = Files.readString(PROC.resolve("loadavg"), UTF_8);
    return new Circumstances(
        Instant.now(),
        git(project, "rev-parse", "--short", "HEAD"),
        git(project, "status", "--porcelain").isEmpty() ? TreeState.CLEAN : TreeState.CHANGED,
        machine(),
        Double.parseDouble(load.substring(0, load.indexOf(' '))));
  }

  private static Machine machine() throws IOException {
    return new Machine(
        Runtime.getRuntime().availableProcessors(),
        Long.parseLong(after("meminfo", "MemTotal").replaceAll("\\D", "")) * BYTES_PER_KIB,
        after("cpuinfo", "model name"),
        System.getProperty("os.version"),
        "%s (%s)"
            .formatted(
                Runtime.version().feature() + "." + Runtime.version().update(),
                System.getProperty("java.vendor")));
  }

  /// What stands behind the colon of the first line that begins so; `unknown` where none does, as
  /// with the processor's name on some architectures.
  private static String after(String file, String name) throws IOException {
    try (Stream<String> lines = Files.lines(PROC.resolve(file), UTF_8)) {
      return lines
          .filter(line -> line.startsWith(name))
          .findFirst()
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .orElse("unknown");
    }
  }

  private static String git(Path project, String... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        Stream.concat(Stream.of("git", "-C", project.toString()), Stream.of(arguments)).toList();
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
    if (process.waitFor() != 0) {
      throw new IOException("%s ended with %d".formatted(command, process.exitValue()));
    }
    return printed;
  }
}
