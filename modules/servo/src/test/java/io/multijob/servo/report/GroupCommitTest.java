package io.multijob.servo.report;

import static java.nio.file.StandardOpenOption.WRITE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
final class GroupCommitTest {
  private static final int PAGE = 4_096;
  private static final OutboxChange PUT =
      new OutboxChange.Put(new Report("run-1", "app", "{}"), Instant.EPOCH);

  private final PendingCounts pending = new PendingCounts();
  private long limit = Long.MAX_VALUE;
  private Path file;
  private String url;

  @BeforeEach
  void makeTables(@TempDir Path directory) throws Exception {
    file = directory.resolve("outbox.db");
    url = "jdbc:sqlite:" + file;
    try (Connection connection = DriverManager.getConnection(url)) {
      OutboxSchema.prepare(connection);
    }
  }

  @Test
  void tellsWhoWaitsThatNothingCouldBeWrittenAndGoesOn() throws Exception {
    try (Connection other = DriverManager.getConnection(url);
        Statement statement = other.createStatement();
        GroupCommit commits = begin()) {
      statement.execute("BEGIN EXCLUSIVE");

      assertThatThrownBy(() -> commits.commit(PUT))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("the outbox cannot be written: [SQLITE_BUSY]");
      assertThat(commits.problem()).hasValueSatisfying(text -> assertThat(text).contains("BUSY"));
      assertThat(commits.alive()).isTrue();
      assertThat(pending.total()).isZero();

      statement.execute("ROLLBACK");
      commits.commit(PUT);

      assertThat(commits.problem()).isEmpty();
      assertThat(pending.total()).isEqualTo(1);
    }
  }

  @Test
  void endsWhenThereIsNoWorkingWithTheFileAnyMore() throws Exception {
    try (GroupCommit commits = begin()) {
      byte[] noise = new byte[Math.toIntExact(Files.size(file)) - PAGE];
      Arrays.fill(noise, (byte) 0x5a);
      try (FileChannel channel = FileChannel.open(file, WRITE)) {
        assertThat(channel.write(ByteBuffer.wrap(noise), PAGE)).isEqualTo(noise.length);
      }

      assertThatThrownBy(() -> commits.commit(PUT))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("SQLITE_CORRUPT");
      assertThatThrownBy(() -> commits.commit(PUT))
          .isInstanceOf(IOException.class)
          .hasMessageEndingWith("the outbox is closed");
      assertThat(commits.problem()).isPresent();
    }
  }

  @Test
  void refusesReportsBeyondTheLimitUntilSomeHaveGone() throws Exception {
    limit = 1 << 20;
    List<Report> stored = new ArrayList<>();
    try (GroupCommit commits = begin()) {
      IOException refusal = putUntilRefused(commits, stored);

      assertThat(refusal).hasMessageContaining("and may hold 1,048,576");
      assertThat(commits.problem()).isPresent();
      assertThat(commits.bytes()).isGreaterThan(1 << 20);

      for (Report report : stored) {
        commits.commit(new OutboxChange.Deliver(List.of(report), Instant.EPOCH));
      }
      putUntilTaken(commits);

      assertThat(commits.problem()).isEmpty();
      assertThat(pending.total()).isEqualTo(1);
    }
  }

  /// The size is looked at once a second.
  private static IOException putUntilRefused(GroupCommit commits, List<Report> stored)
      throws InterruptedException {
    while (true) {
      Report report = new Report("big-" + stored.size(), "app", "x".repeat(8_192));
      try {
        commits.commit(new OutboxChange.Put(report, Instant.EPOCH));
        stored.add(report);
      } catch (IOException e) {
        return e;
      }
    }
  }

  private static void putUntilTaken(GroupCommit commits) throws InterruptedException {
    while (true) {
      try {
        commits.commit(PUT);
        return;
      } catch (IOException e) {
        Thread.onSpinWait(); // the look that sees the room has not been yet
      }
    }
  }

  private GroupCommit begin() throws Exception {
    GroupCommit commits =
        new GroupCommit(
            new OutboxWriter(DriverManager.getConnection(url + "?busy_timeout=0")), pending, limit);
    commits.start();
    return commits;
  }
}
