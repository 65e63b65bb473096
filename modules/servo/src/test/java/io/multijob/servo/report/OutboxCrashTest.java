package io.multijob.servo.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The states in which a crash can leave the outbox's files, each made from those of an outbox that
/// was never closed.
@Timeout(30)
final class OutboxCrashTest {
  private static final int REPORTS = 40;

  private final SettableClock clock = new SettableClock();
  private Path crashed;

  /// The files of an outbox as they lie on disk after [#REPORTS] were put, one commit each.
  @BeforeEach
  void crash(@TempDir Path temp) throws Exception {
    crashed = Files.createDirectory(temp.resolve("crashed"));
    Path running = temp.resolve("running");
    try (Outbox outbox = Outbox.open(running, clock)) {
      for (int i = 0; i < REPORTS; i++) {
        outbox.put(report(i));
      }
      copy(running, crashed);
    }
  }

  @Test
  void allThatWasPutIsThere() throws Exception {
    assertThat(reopened()).hasSize(REPORTS).isEqualTo(range(REPORTS));
  }

  @Test
  void allIsInTheLogUntilItIsMovedToTheFile() throws IOException {
    Files.delete(crashed.resolve("outbox.db-wal"));

    assertThat(Files.size(crashed.resolve("outbox.db"))).isLessThan(100_000);
  }

  @Test
  void theIndexOfTheLogIsMadeAnew() throws Exception {
    Files.delete(crashed.resolve("outbox.db-shm"));

    assertThat(reopened()).isEqualTo(range(REPORTS));
  }

  /// A crash in the middle of a commit: what was committed before is there, in order, and no more.
  @ParameterizedTest
  @ValueSource(ints = {1, 100, 4_096, 5_000, 30_000, 100_001})
  void aLogThatWasNotWrittenToItsEndEndsWithItsLastWholeCommit(int cutOff) throws Exception {
    Path log = crashed.resolve("outbox.db-wal");
    try (FileChannel channel = FileChannel.open(log, WRITE)) {
      channel.truncate(Math.max(0, channel.size() - cutOff));
    }

    List<String> left = reopened();

    assertThat(left).isEqualTo(range(left.size())).hasSizeLessThan(REPORTS);
    assertThat(damagedFiles()).isEmpty();
  }

  /// A disk that had written later parts of the log and not an earlier one.
  @Test
  void aLogWithAHoleEndsBeforeIt() throws Exception {
    Path log = crashed.resolve("outbox.db-wal");
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "rw")) {
      file.seek(file.length() / 2);
      file.write(new byte[8_192]);
    }

    List<String> left = reopened();

    assertThat(left).isEqualTo(range(left.size())).hasSizeBetween(1, REPORTS - 1);
    assertThat(damagedFiles()).isEmpty();
  }

  @Test
  void anEmptyFileIsANewOutbox() throws Exception {
    for (String name : List.of("outbox.db-wal", "outbox.db-shm")) {
      Files.delete(crashed.resolve(name));
    }
    Files.write(crashed.resolve("outbox.db"), new byte[0]);

    assertThat(reopened()).isEmpty();
    assertThat(damagedFiles()).isEmpty();
  }

  @Test
  void aFileThatIsNoOutboxIsMovedAsideWhole() throws Exception {
    byte[] garbage = "this is no outbox, whatever it may be\n".repeat(500).getBytes(UTF_8);
    Files.delete(crashed.resolve("outbox.db-wal"));
    Files.write(crashed.resolve("outbox.db"), garbage);

    assertThat(reopened()).isEmpty();
    assertThat(damagedFiles()).contains("outbox.db.damaged-20261122T100000.000Z");
    assertThat(crashed.resolve("outbox.db.damaged-20261122T100000.000Z")).hasBinaryContent(garbage);
  }

  @Test
  void aFileWithADamagedPageIsMovedAsideWholeWithItsLog() throws Exception {
    try (Outbox outbox = Outbox.open(crashed, clock)) {
      for (int i = REPORTS; i < 10 * REPORTS; i++) {
        outbox.put(report(i));
      }
    } // the log is moved to the file
    try (RandomAccessFile file =
        new RandomAccessFile(crashed.resolve("outbox.db").toFile(), "rw")) {
      file.seek(4_096);
      byte[] noise = new byte[(int) file.length() - 4_096];
      Arrays.fill(noise, (byte) 0x5a);
      file.write(noise);
    }

    assertThat(reopened()).isEmpty();
    assertThat(damagedFiles()).contains("outbox.db.damaged-20261122T100000.000Z");
  }

  @Test
  void anOutboxBegunAnewTakesReports() throws Exception {
    Files.delete(crashed.resolve("outbox.db-wal"));
    Files.writeString(crashed.resolve("outbox.db"), "x".repeat(5_000));
    try (Outbox outbox = Outbox.open(crashed, clock)) {
      outbox.put(report(1));
    }

    assertThat(reopened()).containsExactly("run-1");
  }

  private List<String> reopened() throws IOException {
    try (Outbox outbox = Outbox.open(crashed, clock)) {
      return outbox.pending("app", 1_000).stream().map(each -> each.report().id()).toList();
    }
  }

  private List<String> damagedFiles() throws IOException {
    try (Stream<Path> files = Files.list(crashed)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.contains("damaged"))
          .toList();
    }
  }

  private static List<String> range(int count) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ids.add("run-" + i);
    }
    return ids;
  }

  private static Report report(int number) {
    return new Report("run-" + number, "app", "{\"padding\":\"" + "x".repeat(2_000) + "\"}");
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.filter(each -> each.toString().contains("outbox.db")).toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }
}
