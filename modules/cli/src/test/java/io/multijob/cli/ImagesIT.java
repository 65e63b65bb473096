package io.multijob.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Makes the root directory of the servo's image from the built distribution, and runs the servo in
/// it as a container engine would: that directory is all it has, read-only, and it is nobody.
@Timeout(300)
final class ImagesIT {
  private static final Path LAUNCHER = Path.of("target/servo/bin/servo");

  /// A mount namespace of its own: nothing of it is left.
  private static final String CONTAIN =
      "mount --bind \"$0\" \"$0\" && mount -t proc proc \"$0/proc\""
          + " && mount -o remount,ro,bind \"$0\" && exec chroot --userspec=65534:65534 \"$0\" \"$@\"";

  @TempDir private Path directory = Path.of("");
  private Path root = Path.of("");

  @BeforeEach
  void makeRoot() throws Exception {
    assumeTrue(
        System.getProperty("user.name").equals("root")
            && Files.isExecutable(Path.of("/usr/bin/gcc")),
        "needs root and gcc");
    run(List.of(LAUNCHER.toString(), "images", "--root", "--to", directory.toString(), "servo"));
    root = directory.resolve("servo");
    Files.createDirectories(root.resolve("proc"));
  }

  @Test
  void theServoRunsInItFromItsStartCacheAndCanBeGivenFlags() throws Exception {
    String printed = contained("SERVO_JAVA_OPTIONS=-Xlog:class+load -Da=b", "--version");

    assertThat(printed)
        .contains("io.multijob.cli.Main source: shared objects file")
        .containsPattern("(?m)^servo [0-9]");
  }

  @Test
  void thereIsNoShellInItAndSqliteNeedsNoPlaceToWrite() throws Exception {
    assertThat(root.resolve("bin")).doesNotExist();
    assertThat(root.resolve("opt/servo/bin")).isDirectoryContaining("glob:**/servo");
    assertThat(root.resolve("opt/servo/run.args"))
        .content()
        .contains("\"-Dorg.sqlite.lib.path=/opt/servo/lib\"", "\"-Xmx128m\"");
    assertThat(root.resolve("opt/servo/lib/libsqlitejdbc.so")).exists();
  }

  private String contained(String variable, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("env", variable, "unshare", "-m", "sh", "-c"));
    command.addAll(List.of(CONTAIN, root.toString(), "/opt/servo/bin/servo"));
    command.addAll(List.of(arguments));
    return run(command);
  }

  private static String run(List<String> command) throws IOException, InterruptedException {
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = builder.start();
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(printed).isZero();
    return printed;
  }
}
