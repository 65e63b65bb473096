package io.multijob.servo.stats;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.multijob.protocol.PodmonReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PostedStatsTest {
  private final SettableClock clock = new SettableClock(Instant.parse("2026-11-22T10:00:00Z"));
  private Path directory;

  @BeforeEach
  void chooseDirectory(@TempDir Path folder) {
    directory = folder.resolve("posted");
  }

  @Test
  void keepsAReportAcrossARestart() throws Exception {
    PostedStats.open(directory, clock).put(report("p1", 5));

    assertThat(PostedStats.open(directory, clock).get("p1")).hasValue(report("p1", 5));
  }

  @Test
  void theLaterReportCounts() throws Exception {
    PostedStats store = PostedStats.open(directory, clock);
    store.put(report("p1", 5));
    store.put(report("p1", 6));

    assertThat(PostedStats.open(directory, clock).get("p1")).hasValue(report("p1", 6));
  }

  @Test
  void whatIsRemovedIsGoneAfterARestartToo() throws Exception {
    PostedStats store = PostedStats.open(directory, clock);
    store.put(report("p1", 5));
    store.remove("p1");
    store.remove("p2");

    assertThat(store.get("p1")).isEmpty();
    assertThat(PostedStats.open(directory, clock).get("p1")).isEmpty();
  }

  @Test
  void aFileThatACrashLeftUnfinishedIsCleanedUp() throws Exception {
    Files.createDirectories(directory);
    Files.writeString(directory.resolve("p1.json.tmp"), "{\"id\":\"p1\",\"st");

    assertThat(PostedStats.open(directory, clock).get("p1")).isEmpty();
    assertThat(files()).isZero();
  }

  @Test
  void aFileThatCannotBeReadDoesNotKeepUsFromStarting() throws Exception {
    Files.createDirectories(directory);
    Files.writeString(directory.resolve("p1.json"), "half a");
    Files.writeString(directory.resolve("p2.json"), report("p2", 5).json());

    PostedStats store = PostedStats.open(directory, clock);

    assertThat(store.get("p2")).hasValue(report("p2", 5));
    assertThat(files()).isEqualTo(1);
  }

  @Test
  void figuresThatFindNoRunAreDroppedInTime() throws Exception {
    PostedStats store = PostedStats.open(directory, clock);
    store.put(report("p1", 5));
    clock.advance(PostedStats.MAX_AGE.plus(Duration.ofSeconds(1)));
    store.put(report("p2", 5));

    assertThat(store.get("p1")).isEmpty();
    assertThat(files()).isEqualTo(1);
  }

  @Test
  void takesNoMoreThanItsBound() throws Exception {
    Files.createDirectories(directory);
    for (int i = 0; i < PostedStats.MAX_REPORTS; i++) {
      Files.writeString(directory.resolve("p" + i + ".json"), report("p" + i, 5).json());
    }
    PostedStats store = PostedStats.open(directory, clock);

    assertThat(store.put(report("one-more", 5))).isFalse();
    assertThat(store.put(report("p7", 6))).isTrue();
  }

  private long files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.count();
    }
  }

  private static PodmonReport report(String uid, long cpuNanos) {
    String json = "{\"id\":\"" + uid + "\",\"stats\":{\"cpu_time\":" + cpuNanos + "}}";
    return PodmonReport.parse(json.getBytes(UTF_8));
  }
}
