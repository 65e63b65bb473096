package io.multijob.optune.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.multijob.optune.run.AppKey;
import io.multijob.optune.run.Ending;
import io.multijob.optune.run.Run;
import io.multijob.optune.run.Runs;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

final class RunStoreTest {
  private static final Instant NOW = Runs.NOON.plusSeconds(60);
  private static final AppFilter.All ALL = new AppFilter.All();

  @TempDir private Path directory;
  private RunStore store;

  @BeforeEach
  void open() throws IOException {
    store = RunStore.open(directory);
    store.start();
  }

  @AfterEach
  void close() throws IOException {
    store.close();
  }

  @Test
  void keepsARunAsItCame() throws Exception {
    Run run = Runs.succeeded("1", "ci/build", 2.345);

    assertThat(store.add(run)).isEqualTo(Acceptance.STORED);

    assertThat(store.run("1"))
        .hasValue(new StoredRun(1, "1", run.app(), Runs.NOON, Ending.SUCCEEDED, 0, run.document()));
    assertThat(store.run("2")).isEmpty();
  }

  @Test
  void keepsItsRunsWhenItIsOpenedAgain() throws Exception {
    store.add(Runs.succeeded("1", "a", 1));
    store.close();

    open();

    assertThat(store.last()).isEqualTo(1);
    assertThat(store.add(Runs.succeeded("1", "a", 1))).isEqualTo(Acceptance.DUPLICATE);
    assertThat(store.add(Runs.succeeded("2", "a", 1))).isEqualTo(Acceptance.STORED);
    assertThat(ids(store.runsBefore(Long.MAX_VALUE, 10, ALL))).containsExactly("2", "1");
  }

  @Test
  void countsARunThatComesAgainAndSumsItOnce() throws Exception {
    store.add(Runs.succeeded("1", "a", 1));

    assertThat(store.add(Runs.succeeded("1", "a", 1))).isEqualTo(Acceptance.DUPLICATE);
    assertThat(store.add(Runs.failed("1", "b", 9))).isEqualTo(Acceptance.DUPLICATE);

    assertThat(store.run("1").orElseThrow().duplicates()).isEqualTo(2);
    assertThat(store.last()).isEqualTo(1);
    Overview overview = store.overview(0, 10, Window.EVER, NOW);
    assertThat(overview.all().runs()).isEqualTo(1);
    assertThat(overview.all().duration().sum()).isEqualTo(1);
    assertThat(overview.apps()).hasSize(1);
  }

  @Test
  void refusesADirectoryThatIsInUse() {
    assertThatThrownBy(() -> RunStore.open(directory))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("the state directory is in use by another process");
  }

  @Test
  void pagesThroughTheRunsOfOneAppWhileOthersCome() throws Exception {
    for (int i = 1; i <= 5; i++) {
      store.add(Runs.succeeded("a" + i, "a", 1));
      store.add(Runs.succeeded("b" + i, "b", 1));
    }
    AppFilter ofA = new AppFilter.Named("a");

    List<StoredRun> first = store.runsBefore(Long.MAX_VALUE, 2, ofA);
    store.add(Runs.succeeded("a6", "a", 1));
    List<StoredRun> second = store.runsBefore(first.getLast().number(), 2, ofA);
    List<StoredRun> third = store.runsBefore(second.getLast().number(), 2, ofA);

    assertThat(ids(first)).containsExactly("a5", "a4");
    assertThat(ids(second)).containsExactly("a3", "a2");
    assertThat(ids(third)).containsExactly("a1");
  }

  @Test
  void tellsAppsOfOneNameInTwoAccountsApart() throws Exception {
    Run acme = Runs.succeeded("1", "a", 1);
    AppKey other = new AppKey("other", "a");
    store.add(acme);
    store.add(new Run("2", other, Runs.NOON, acme.measurement(), acme.document()));
    store.add(Runs.succeeded("3", "a", 1));

    assertThat(ids(store.runsBefore(Long.MAX_VALUE, 2, new AppFilter.Named("a"))))
        .containsExactly("3", "2");
    assertThat(ids(store.runsBefore(Long.MAX_VALUE, 9, new AppFilter.Exactly(other))))
        .containsExactly("2");
    assertThat(store.history(Window.DAY, new AppFilter.Named("a"), NOW))
        .extracting(step -> step.summary().runs())
        .containsExactly(3L);
    assertThat(store.overview(0, 10, Window.EVER, NOW).apps())
        .extracting(app -> app.app().account(), app -> app.summary().runs())
        .containsExactly(tuple("acme", 2L), tuple("other", 1L));
  }

  @Test
  void sumsUpAnApp() throws Exception {
    for (int i = 1; i <= 100; i++) {
      store.add(Runs.succeeded("run-" + i, "a", i));
    }
    store.add(Runs.failed("bad", "a", 1_000));

    AppSummary app = store.overview(0, 10, Window.EVER, NOW).apps().getFirst();

    assertThat(app.summary().runs()).isEqualTo(101);
    assertThat(app.summary().failures()).isEqualTo(1);
    assertThat(app.summary().duration().median()).isCloseTo(51, within(0.2));
    assertThat(app.summary().duration().p95()).isCloseTo(96, within(0.3));
    assertThat(app.summary().duration().greatest()).isEqualTo(1_000);
    assertThat(app.summary().peakMemory().median()).isEqualTo(67_108_864);
    assertThat(app.last().id()).isEqualTo("bad");
    assertThat(app.last().ending()).isEqualTo(Ending.FAILED);
    assertThat(app.last().reason()).isEqualTo("OOMKilled");
  }

  @Test
  void remembersTheLastFortyRunsOfAnApp() throws Exception {
    for (int i = 1; i <= 50; i++) {
      store.add(i % 10 == 0 ? Runs.failed("r" + i, "a", i) : Runs.succeeded("r" + i, "a", i));
    }

    List<RecentRuns.Point> points =
        store.overview(0, 1, Window.EVER, NOW).apps().getFirst().recent().points();

    assertThat(points).hasSize(40);
    assertThat(points.getFirst()).isEqualTo(new RecentRuns.Point(11, Ending.SUCCEEDED));
    assertThat(points.getLast()).isEqualTo(new RecentRuns.Point(50, Ending.FAILED));
  }

  @Test
  void aWindowHoldsTheRunsThatEndedInIt() throws Exception {
    store.add(Runs.endedAt("today", "a", NOW.minusSeconds(90)));
    store.add(Runs.endedAt("yesterday", "a", NOW.minus(Duration.ofHours(25))));
    store.add(Runs.endedAt("last week", "a", NOW.minus(Duration.ofDays(8))));
    store.add(Runs.endedAt("last year", "a", NOW.minus(Duration.ofDays(365))));

    assertThat(store.overview(0, 1, Window.DAY, NOW).all().runs()).isEqualTo(1);
    assertThat(store.overview(0, 1, Window.WEEK, NOW).all().runs()).isEqualTo(2);
    assertThat(store.overview(0, 1, Window.MONTH, NOW).all().runs()).isEqualTo(3);
    assertThat(store.overview(0, 1, Window.EVER, NOW).all().runs()).isEqualTo(4);
    assertThat(store.history(Window.WEEK, ALL, NOW))
        .extracting(Step::start)
        .containsExactly(
            Instant.parse("2026-11-21T11:00:00Z"), Instant.parse("2026-11-22T11:00:00Z"));
  }

  @Test
  void showsOnlyAppsThatHaveRunSince() throws Exception {
    store.add(Runs.succeeded("1", "a", 1));
    store.add(Runs.succeeded("2", "b", 1));
    store.add(Runs.succeeded("3", "a", 1));

    Overview overview = store.overview(2, 10, Window.EVER, NOW);

    assertThat(overview.apps()).extracting(app -> app.app().appId()).containsExactly("a");
    assertThat(overview.total()).isEqualTo(2);
    assertThat(overview.last()).isEqualTo(3);
  }

  @Test
  @Timeout(30)
  void takesRunsFromManyAtOnceAndLosesNone() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Acceptance>> results = new ArrayList<>();
      for (int i = 0; i < 2_000; i++) {
        Run run = Runs.succeeded("run-" + i % 1_000, "app-" + i % 7, 1);
        results.add(threads.submit(() -> store.add(run)));
      }
      long stored = 0;
      for (Future<Acceptance> result : results) {
        stored += result.get() == Acceptance.STORED ? 1 : 0;
      }

      assertThat(stored).isEqualTo(1_000);
    }
    assertThat(store.overview(0, 10, Window.EVER, NOW).all().runs()).isEqualTo(1_000);
    assertThat(store.runsBefore(Long.MAX_VALUE, 2_000, ALL)).hasSize(1_000);
  }

  @Test
  void aRunThatCannotBeWrittenCostsNoOther() throws Exception {
    try (var database = DriverManager.getConnection(url());
        var statement = database.createStatement()) {
      statement.execute(
          "CREATE TRIGGER refuse BEFORE INSERT ON runs WHEN new.id = 'bad'"
              + " BEGIN SELECT raise(ABORT, 'refused'); END");
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Acceptance>> good = new ArrayList<>();
      Future<Acceptance> bad = threads.submit(() -> store.add(Runs.succeeded("bad", "a", 1)));
      for (int i = 0; i < 50; i++) {
        Run run = Runs.succeeded("good-" + i, "a", 1);
        good.add(threads.submit(() -> store.add(run)));
      }

      assertThatThrownBy(bad::get).hasRootCauseInstanceOf(SQLException.class);
      for (Future<Acceptance> result : good) {
        assertThat(result.get()).isEqualTo(Acceptance.STORED);
      }
    }
    assertThat(store.overview(0, 1, Window.EVER, NOW).all().runs()).isEqualTo(50);
  }

  @Test
  void takesNothingWhenItIsClosed() throws Exception {
    store.close();

    assertThat(store.add(Runs.succeeded("1", "a", 1))).isEqualTo(Acceptance.BUSY);
  }

  @Test
  @Timeout(10)
  void wakesWhoWaitsForANewRun() throws Exception {
    Thread waiting =
        Thread.ofVirtual()
            .start(() -> {
              try {
                store.awaitNewerThan(0, Duration.ofMinutes(5));
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });

    store.add(Runs.succeeded("1", "a", 1));

    waiting.join();
    assertThat(store.last()).isEqualTo(1);
  }

  private String url() {
    return "jdbc:sqlite:" + directory.resolve("optune.db");
  }

  private static List<String> ids(List<StoredRun> runs) {
    return runs.stream().map(StoredRun::id).toList();
  }
}
