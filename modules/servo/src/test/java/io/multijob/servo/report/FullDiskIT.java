package io.multijob.servo.report;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// On a disk of 16 MB, made for this: needs root.
@Timeout(60)
final class FullDiskIT {
  private final SettableClock clock = new SettableClock();
  @TempDir private Path disk = Path.of("");

  @BeforeEach
  void mount() throws Exception {
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", disk.toString()) == 0,
        "only root can make a disk");
  }

  @AfterEach
  void unmount() throws Exception {
    run("umount", disk.toString());
  }

  @Test
  void refusesWhileThereIsNoRoomLosesNothingAndGoesOn() throws Exception {
    try (Outbox outbox = Outbox.open(disk, clock)) {
      outbox.put(report(0, 100));
      Path ballast = fillUp();

      int refused = putUntilRefused(outbox);

      assertThat(outbox.problem()).hasValueSatisfying(text -> assertThat(text).contains("full"));
      assertThat(outbox.alive()).isTrue();
      assertThat(outbox.knows("run-" + refused)).isFalse();

      Files.delete(ballast);
      outbox.put(report(refused, 100));

      assertThat(outbox.problem()).isEmpty();
      assertThat(outbox.pending()).isEqualTo(refused + 1);
    }
    try (Outbox outbox = Outbox.open(disk, clock)) {
      assertThat(outbox.pending("app", 10_000)).hasSize((int) outbox.pending());
      assertThat(outbox.knows("run-0")).isTrue();
    }
  }

  @Test
  void saysThatItCannotBeginWithoutRoom() throws Exception {
    fillUp();

    assertThatThrownBy(() -> Outbox.open(disk, clock))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(disk.toString());
  }

  /// Takes all that is left on the disk.
  private Path fillUp() throws IOException {
    Path ballast = disk.resolve("ballast");
    byte[] piece = new byte[4_096];
    try (var out = Files.newOutputStream(ballast)) {
      while (true) {
        out.write(piece);
      }
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("No space left");
      return requireNonNull(ballast);
    }
  }

  private static int putUntilRefused(Outbox outbox) throws InterruptedException {
    for (int number = 1; ; number++) {
      try {
        outbox.put(report(number, 50_000));
      } catch (IOException e) {
        return number;
      }
    }
  }

  private static Report report(int number, int bytes) {
    return new Report("run-" + number, "app", "x".repeat(bytes));
  }

  private static int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
  }
}
