package io.multijob.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Makes the start cache of a copy of the built distribution, whose path has a blank.
@Timeout(300)
final class StartCacheIT {
  private static final Path BUILT = Path.of("target", "servo");
  private static final String FROM_THE_CACHE = "io.multijob.cli.Main source: shared objects file";

  @TempDir private Path directory = Path.of("");
  private Path home = Path.of("");

  @BeforeEach
  void copyDistribution() throws IOException {
    home = directory.resolve("a copy");
    try (Stream<Path> files = Files.walk(BUILT)) {
      for (Path file : files.toList()) {
        Path copy = home.resolve(BUILT.relativize(file));
        Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  @Test
  void javaTakesClassesFromTheCacheAsLongAsItFitsTheJars() throws Exception {
    String made = servo("", "cache");
    assertThat(made).isEmpty();

    String fitting = servo("-Xlog:class+load", "--version");
    assertThat(fitting).contains(FROM_THE_CACHE);

    Path jar = home.resolve("lib").resolve(jars().getFirst());
    Files.setLastModifiedTime(jar, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
    String changed = servo("-Xlog:class+load", "--version");
    assertThat(changed).doesNotContain(FROM_THE_CACHE).contains("io.multijob.cli.Main source: ");
  }

  @Test
  void javaSaysNothingOfACacheThatItCannotUse() throws Exception {
    servo("", "cache");

    String withOtherHeaders = servo("-XX:-UseCompactObjectHeaders", "--version");

    assertThat(withOtherHeaders).startsWith("servo ").hasLineCount(1);
  }

  private List<String> jars() throws IOException {
    try (Stream<Path> files = Files.list(home.resolve("lib"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".jar"))
          .sorted()
          .toList();
    }
  }

  /// What the command prints, on either stream; it must end well.
  private String servo(String javaOptions, String... arguments) throws Exception {
    ProcessBuilder command = new ProcessBuilder(home.resolve("bin/servo").toString());
    command.command().addAll(List.of(arguments));
    command.environment().put("JAVA_HOME", System.getProperty("java.home"));
    command.environment().put("SERVO_JAVA_OPTIONS", javaOptions);
    Process process = command.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }
}
