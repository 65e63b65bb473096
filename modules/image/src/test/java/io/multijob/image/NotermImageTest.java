package io.multijob.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class NotermImageTest {
  private static final Path SOURCE = Path.of("../../noterm/noterm.c");

  private static final int TERM = 15;

  @TempDir private Path directory = Path.of("");

  @BeforeEach
  void needACompiler() {
    assumeTrue(
        Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "gcc"))),
        "no gcc");
  }

  @Test
  void isASmallProgramThatIgnoresTermAndSleeps() throws Exception {
    Image image = NotermImage.make(directory, SOURCE);
    image.writeRoot(directory.resolve("root"));
    Path program = directory.resolve("root/noterm");

    Process process = new ProcessBuilder(program.toString()).start();
    try {
      while (!ignores(process, TERM)) {
        Thread.onSpinWait();
      }
      process.destroy();

      assertThat(process.isAlive()).isTrue();
      assertThat(Files.size(program)).isLessThan(4096);
      assertThat(filesOf(directory.resolve("root"))).containsExactly(program);
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  /// As the kernel tells: a bit for each signal.
  private static boolean ignores(Process process, int signal) throws IOException {
    Path status = Path.of("/proc/" + process.pid() + "/status");
    String signals =
        Files.readAllLines(status).stream()
            .filter(line -> line.startsWith("SigIgn:"))
            .map(line -> line.substring(line.indexOf('\t') + 1))
            .findFirst()
            .orElseThrow();
    return (Long.parseUnsignedLong(signals, 16) >> (signal - 1) & 1) == 1;
  }

  private static Stream<Path> filesOf(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isRegularFile).toList().stream();
    }
  }
}
