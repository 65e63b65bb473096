package io.multijob.optune.store;

import io.multijob.optune.run.Run;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes runs, as many as are waiting in one commit: a single run is on disk at once, and under
/// load one sync of the disk serves hundreds.
///
/// A run whose batch fails is tried again alone, so that one bad run costs no other. Thread-safe.
/// All writing happens on one thread, a platform thread because SQLite's calls would hold a virtual
/// thread's carrier.
final class RunWriter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunWriter.class);

  private static final int MAX_WAITING = 10_000;
  private static final int MAX_BATCH = 500;
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

  private final Connection connection;
  private final LatestRun latest;
  private final BlockingQueue<Waiting> queue = new ArrayBlockingQueue<>(MAX_WAITING);
  private final Thread thread =
      Thread.ofPlatform().daemon().name("store-writer").unstarted(this::run);

  private volatile boolean stopped; // no run is taken any more; written by the writer's thread only

  /// A run and whom to tell.
  private record Waiting(Run run, CompletableFuture<Acceptance> result) {}

  /// @param connection used by this writer alone, and closed by it
  /// @param latest told the number of the newest run after each commit
  RunWriter(Connection connection, LatestRun latest) throws SQLException {
    this.connection = connection;
    this.latest = latest;
    connection.setAutoCommit(false);
  }

  void start() {
    thread.start();
  }

  /// Writes the run; when this returns [Acceptance#STORED] it survives a crash of the machine.
  ///
  /// @throws IOException if it could not be written
  Acceptance add(Run run) throws IOException, InterruptedException {
    Waiting waiting = new Waiting(run, new CompletableFuture<>());
    if (!queue.offer(waiting)) {
      return Acceptance.BUSY;
    }
    if (stopped && queue.remove(waiting)) {
      return Acceptance.BUSY; // put after the writer had emptied the queue for the last time
    }
    try {
      return waiting.result().get();
    } catch (ExecutionException e) {
      throw new IOException("cannot store a run", e.getCause());
    }
  }

  /// Ends after the batch in progress; whoever waits for a run of a later one gets
  /// [Acceptance#BUSY].
  @Override
  public void close() throws SQLException {
    thread.interrupt();
    try {
      if (thread.isAlive() && !thread.join(STOP_TIMEOUT)) {
        LOG.atWarn().addKeyValue("duration", STOP_TIMEOUT).log("Store did not stop writing");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    connection.close();
  }

  private void run() {
    try {
      while (true) {
        writeWaiting();
      }
    } catch (InterruptedException e) {
      LOG.atDebug().log("Store stopped writing");
    } finally {
      stopped = true;
      List<Waiting> left = new ArrayList<>();
      queue.drainTo(left);
      left.forEach(waiting -> waiting.result().complete(Acceptance.BUSY));
    }
  }

  private void writeWaiting() throws InterruptedException {
    List<Waiting> batch = new ArrayList<>();
    batch.add(queue.take());
    queue.drainTo(batch, MAX_BATCH - 1);
    try {
      write(batch);
    } catch (SQLException | RuntimeException e) {
      rollBack();
      if (batch.size() == 1) {
        batch.getFirst().result().completeExceptionally(e);
        return;
      }
      LOG.atWarn().setCause(e).log("Batch failed, its runs are written one by one");
      batch.forEach(this::writeAlone);
    }
  }

  private void writeAlone(Waiting waiting) {
    try {
      write(List.of(waiting));
    } catch (SQLException | RuntimeException e) {
      rollBack();
      waiting.result().completeExceptionally(e);
    }
  }

  private void write(List<Waiting> waiting) throws SQLException {
    Batch batch = new Batch(connection);
    List<Acceptance> results = new ArrayList<>();
    for (Waiting one : waiting) {
      results.add(batch.add(one.run()));
    }
    batch.finish();
    long last = new RunTable(connection).last();
    connection.commit();
    latest.moveTo(last);
    for (int i = 0; i < results.size(); i++) {
      waiting.get(i).result().complete(results.get(i));
    }
  }

  private void rollBack() {
    try {
      connection.rollback();
    } catch (SQLException e) {
      LOG.atError().setCause(e).log("Cannot roll back a batch");
    }
  }
}
