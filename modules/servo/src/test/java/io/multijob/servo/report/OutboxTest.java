package io.multijob.servo.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.multijob.servo.report.Outbox.Retention;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
final class OutboxTest {
  private static final Report FIRST = new Report("run-1", "app-a", "{\"n\":1}");
  private static final Report SECOND = new Report("run-2", "app-a", "{\"n\":2}");
  private static final Report OTHER = new Report("run-3", "app-b", "{\"n\":3}");

  private final SettableClock clock = new SettableClock();
  private Path directory;
  private Outbox outbox;

  @BeforeEach
  void openOutbox(@TempDir Path temp) throws IOException {
    directory = temp.resolve("state");
    outbox = Outbox.open(directory, clock);
  }

  @AfterEach
  void closeOutbox() throws IOException {
    outbox.close();
  }

  @Test
  void keepsAReportUntilTheServiceHasIt() throws Exception {
    outbox.put(FIRST);

    assertThat(reports("app-a")).containsExactly(FIRST);
    assertThat(outbox.pending()).isEqualTo(1);

    outbox.delivered(List.of(FIRST));

    assertThat(reports("app-a")).isEmpty();
    assertThat(outbox.pending()).isZero();
    assertThat(outbox.pendingApps()).isEmpty();
  }

  @Test
  void keepsTheReportsOfAnAppInTheirOrder() throws Exception {
    outbox.put(SECOND);
    outbox.put(OTHER);
    outbox.put(FIRST);

    assertThat(reports("app-a")).containsExactly(SECOND, FIRST);
    assertThat(reports("app-b")).containsExactly(OTHER);
    assertThat(outbox.pendingApps()).isEqualTo(Set.of("app-a", "app-b"));
    assertThat(outbox.pending("app-a", 1)).hasSize(1);
  }

  @Test
  void aKnownReportIsTakenOnce() throws Exception {
    outbox.put(FIRST);
    outbox.put(SECOND);
    outbox.put(OTHER);
    outbox.delivered(List.of(SECOND));
    outbox.setAside(OTHER, "status 400");

    outbox.put(new Report(FIRST.id(), "app-a", "another body"));
    outbox.put(SECOND);
    outbox.put(OTHER);

    assertThat(reports("app-a")).containsExactly(FIRST);
    assertThat(outbox.pendingApps()).containsExactly("app-a");
    assertThat(outbox.pending()).isEqualTo(1);
    assertThat(List.of(outbox.knows("run-1"), outbox.knows("run-2"), outbox.knows("run-3")))
        .containsOnly(true);
    assertThat(outbox.knows("run-4")).isFalse();
  }

  @Test
  void knowsAfterARestartWhatItKnewBefore() throws Exception {
    outbox.put(FIRST);
    outbox.put(SECOND);
    outbox.put(OTHER);
    outbox.delivered(List.of(SECOND));
    outbox.setAside(OTHER, "status 400");

    reopen();
    outbox.put(SECOND);
    outbox.put(OTHER);

    assertThat(reports("app-a")).containsExactly(FIRST);
    assertThat(outbox.pending()).isEqualTo(1);
    assertThat(outbox.setAside()).isEqualTo(1);
  }

  @Test
  void keepsWhatWasSetAsideWholeForAPerson() throws Exception {
    outbox.put(OTHER);

    outbox.setAside(OTHER, "status 400: no such app");

    assertThat(row("SELECT id, app_id, body, reason FROM set_aside"))
        .containsExactly("run-3", "app-b", "{\"n\":3}", "status 400: no such app");
    assertThat(outbox.pending()).isZero();
  }

  @Test
  void forgetsWhatIsOldAndCannotComeAgain() throws Exception {
    Retention retention = new Retention(Duration.ofDays(1), Duration.ofDays(90));
    deliver("gone", "there");
    outbox.put(OTHER);
    outbox.setAside(OTHER, "status 400");
    clock.advance(Duration.ofDays(1));
    deliver("young");
    outbox.put(FIRST);
    clock.advance(Duration.ofSeconds(1));

    int forgotten = outbox.forget(retention, "there"::equals);

    assertThat(forgotten).isEqualTo(1);
    assertThat(outbox.knows("gone")).isFalse();
    assertThat(List.of(outbox.knows("there"), outbox.knows("young"), outbox.knows(OTHER.id())))
        .containsOnly(true);
    assertThat(reports("app-a")).containsExactly(FIRST);

    clock.advance(Duration.ofDays(90));

    assertThat(outbox.forget(retention, id -> false)).isEqualTo(3);
    assertThat(outbox.setAside()).isZero();
    assertThat(reports("app-a")).containsExactly(FIRST);
  }

  @Test
  void forgetsMoreThanOnePage() throws Exception {
    deliver(IntStream.range(0, 2_500).mapToObj(i -> "run-" + i).toArray(String[]::new));
    clock.advance(Duration.ofDays(2));

    int forgotten = outbox.forget(Retention.DEFAULT, id -> id.endsWith("7"));

    assertThat(forgotten).isEqualTo(2_250);
    assertThat(outbox.knows("run-1007")).isTrue();
    assertThat(outbox.knows("run-1008")).isFalse();
  }

  @Test
  void saysHowLongTheOldestHasWaited() throws Exception {
    assertThat(outbox.oldestAge()).isZero();

    outbox.put(FIRST);
    clock.advance(Duration.ofMinutes(2));
    outbox.put(OTHER);
    clock.advance(Duration.ofMinutes(3));

    assertThat(outbox.oldestAge()).isEqualTo(Duration.ofMinutes(5));
    assertThat(outbox.pending("app-b", 1).getFirst().since())
        .isEqualTo(clock.instant().minus(Duration.ofMinutes(3)));
  }

  @Test
  void takesReportsOfManyThreadsAtOnce() throws Exception {
    int threads = 2_000;
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> puts = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        Report report = new Report("run-" + i / 2, "app-" + i % 10, "{}"); // each comes twice
        puts.add(
            executor.submit(() -> {
              outbox.put(report);
              return report;
            }));
      }
      for (Future<?> put : puts) {
        put.get();
      }
    }

    assertThat(outbox.pending()).isEqualTo(threads / 2);
    reopen();
    assertThat(outbox.pending()).isEqualTo(threads / 2);
  }

  @Test
  void refusesReportsOnceItIsClosed() throws Exception {
    outbox.close();

    assertThatThrownBy(() -> outbox.put(FIRST))
        .isInstanceOf(IOException.class)
        .hasMessage("the outbox is closed");
    assertThat(outbox.alive()).isFalse();
  }

  @Test
  void whatIsKeptIsDeliveredAsItIsWhenItWillNotBePut() throws Exception {
    outbox.keep(FIRST);
    outbox.keep(OTHER);
    reopen();

    assertThat(outbox.pending()).isZero();
    assertThat(outbox.knows("run-1")).isFalse();

    int admitted = outbox.admitKept("run-3"::equals);

    assertThat(admitted).isEqualTo(1);
    assertThat(reports("app-a")).containsExactly(FIRST);
    assertThat(reports("app-b")).isEmpty();
  }

  @Test
  void whatIsPutIsKeptNoMore() throws Exception {
    outbox.keep(FIRST);
    outbox.put(new Report("run-1", "app-a", "{\"n\":1,\"figures\":true}"));
    outbox.keep(FIRST);

    assertThat(outbox.admitKept(id -> false)).isZero();
    assertThat(reports("app-a"))
        .containsExactly(new Report("run-1", "app-a", "{\"n\":1,\"figures\":true}"));
  }

  @Test
  void takesInAFileThatKnewOfNoKeptReports() throws Exception {
    outbox.put(FIRST);
    outbox.close();
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("DROP TABLE kept");
      statement.execute("PRAGMA user_version = 1");
    }
    outbox = Outbox.open(directory, clock);

    outbox.keep(OTHER);

    assertThat(outbox.admitKept(id -> false)).isEqualTo(1);
    assertThat(reports("app-a")).containsExactly(FIRST);
  }

  @Test
  void belongsToOneServoAtATime() {
    assertThatThrownBy(() -> Outbox.open(directory, clock))
        .isInstanceOf(IOException.class)
        .hasMessage("the directory %s is in use by another servo", directory);
  }

  @Test
  void saysWhyADirectoryCannotBeUsed(@TempDir Path temp) throws Exception {
    Path file = Files.writeString(temp.resolve("file"), "");

    assertThatThrownBy(() -> Outbox.open(file, clock))
        .isInstanceOf(IOException.class)
        .hasMessage("the directory %s cannot be written: %s is not a directory", file, file);
    assertThatThrownBy(() -> Outbox.open(file.resolve("below"), clock))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("the directory " + file.resolve("below") + " cannot be written: ");
  }

  @Test
  void doesNotTouchTheFileOfALaterVersion() throws Exception {
    outbox.close();
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA user_version = 7");
    }

    assertThatThrownBy(() -> Outbox.open(directory, clock))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("outbox.db cannot be used")
        .hasMessageContaining("version 7, this one knows 2");
    assertThat(directory.resolve("outbox.db")).exists();
  }

  @Test
  void removesTheLibrariesThatAKilledProcessLeft(@TempDir Path folder) throws Exception {
    Path left = Files.writeString(folder.resolve("sqlite-3.1-0-libsqlitejdbc.so"), "");
    Path other = Files.writeString(folder.resolve("other"), "");

    SqliteLibrary.removeLeftOvers(folder);

    assertThat(left).doesNotExist();
    assertThat(other).exists();
  }

  private void reopen() throws IOException {
    outbox.close();
    outbox = Outbox.open(directory, clock);
  }

  private void deliver(String... ids) throws Exception {
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> deliveries = new ArrayList<>();
      for (String id : ids) {
        Report report = new Report(id, "app", "{}");
        deliveries.add(
            executor.submit(() -> {
              outbox.put(report);
              outbox.delivered(List.of(report));
              return id;
            }));
      }
      for (Future<?> delivery : deliveries) {
        delivery.get();
      }
    }
  }

  private List<Report> reports(String appId) throws IOException {
    return outbox.pending(appId, 100).stream().map(PendingReport::report).toList();
  }

  private List<String> row(String query) throws Exception {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      List<String> values = new ArrayList<>();
      assertThat(result.next()).isTrue();
      for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
        values.add(result.getString(i));
      }
      return values;
    }
  }

  private Connection connect() throws Exception {
    return DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("outbox.db"));
  }
}
