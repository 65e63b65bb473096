package io.multijob.optune.store;

import io.multijob.optune.run.Run;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// All runs, on disk, each once; and the sums over them that the page shows, kept as runs come so
/// that reading them takes as long with ten million runs as with ten.
///
/// Thread-safe. Opened by one process at a time.
public final class RunStore implements AutoCloseable {
  private final Database database;
  private final LatestRun latest;
  private final RunWriter writer;
  private final Readers readers;

  private RunStore(Database database, LatestRun latest, RunWriter writer, Readers readers) {
    this.database = database;
    this.latest = latest;
    this.writer = writer;
    this.readers = readers;
  }

  /// Opens the store in the directory, which is made if there is none. It can be read at once, and
  /// written after [#start()].
  ///
  /// @throws IOException if the directory cannot be written or is in use by another process
  public static RunStore open(Path directory) throws IOException {
    Database database = Database.open(directory);
    try {
      Readers readers = new Readers(database);
      var connection = database.connect();
      LatestRun latest = new LatestRun(new RunTable(connection).last());
      return new RunStore(database, latest, new RunWriter(connection, latest), readers);
    } catch (SQLException e) {
      database.close();
      throw new IOException("cannot open the store in " + directory, e);
    }
  }

  public void start() {
    writer.start();
  }

  /// Stores the run unless one of its id is there. When this returns, what it says survives a crash
  /// of the machine.
  ///
  /// @throws IOException if it could not be written; it may be given again
  public Acceptance add(Run run) throws IOException, InterruptedException {
    return writer.add(run);
  }

  public Optional<StoredRun> run(String id) throws IOException, InterruptedException {
    return readers.read(connection -> new RunTable(connection).find(id));
  }

  /// Runs with numbers below the given one, newest first.
  ///
  /// @param before [Long#MAX_VALUE] to begin with the newest
  public List<StoredRun> runsBefore(long before, int limit, AppFilter filter)
      throws IOException, InterruptedException {
    return readers.read(connection -> {
      RunTable runs = new RunTable(connection);
      if (filter instanceof AppFilter.All) {
        return runs.before(before, limit);
      }
      List<StoredRun> found = new ArrayList<>();
      for (long app : new AppTable(connection).numbers(filter)) {
        found.addAll(runs.before(before, limit, app));
      }
      found.sort(Comparator.comparingLong(StoredRun::number).reversed());
      return found.subList(0, Math.min(limit, found.size()));
    });
  }

  /// Runs with numbers above the given one, oldest first.
  public List<StoredRun> runsAfter(long after, int limit) throws IOException, InterruptedException {
    return readers.read(connection -> new RunTable(connection).after(after, limit));
  }

  /// The apps that have run after the run with the given number, and all apps' sums.
  ///
  /// @param after 0 for every app
  public Overview overview(long after, int limit, Window window, Instant now)
      throws IOException, InterruptedException {
    return readers.read(connection -> {
      AppTable apps = new AppTable(connection);
      return new Overview(
          new RunTable(connection).last(),
          apps.count(),
          apps.summary(Batch.ALL_APPS, window, now),
          apps.after(after, limit, window, now));
    });
  }

  /// The course of the window, oldest first; hours or days in which nothing ran are left out.
  public List<Step> history(Window window, AppFilter filter, Instant now)
      throws IOException, InterruptedException {
    return readers.read(connection -> {
      AppTable apps = new AppTable(connection);
      return apps.history(apps.numbers(filter), window, now);
    });
  }

  /// The number of the newest run, 0 when there is none.
  public long last() {
    return latest.number();
  }

  /// Waits until there is a run newer than the given one, no longer than the patience lasts.
  public void awaitNewerThan(long number, Duration patience) throws InterruptedException {
    latest.awaitNewerThan(number, patience);
  }

  /// Finishes what is being written and closes the files. Idempotent.
  @Override
  public void close() throws IOException {
    try (database) {
      writer.close();
      readers.close();
    } catch (SQLException e) {
      throw new IOException("cannot close the store", e);
    }
  }
}
