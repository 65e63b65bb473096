package io.multijob.optune.store;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// A few connections for reading, each used by one query at a time.
///
/// Queries run on platform threads of its own: a call into SQLite holds its carrier, and a few slow
/// ones on virtual threads would stop every other request.
///
/// Thread-safe.
final class Readers implements AutoCloseable {
  private static final int CONNECTIONS = 4;
  private static final int STOP_SECONDS = 5;

  private final BlockingQueue<Connection> free = new ArrayBlockingQueue<>(CONNECTIONS);
  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          CONNECTIONS, Thread.ofPlatform().daemon().name("store-reader-", 0).factory());

  /// Reads something within one snapshot of the store.
  interface Query<T> {
    T read(Connection connection) throws SQLException;
  }

  Readers(Database database) throws SQLException {
    for (int i = 0; i < CONNECTIONS; i++) {
      Connection connection = database.connect();
      free.add(connection);
      connection.setAutoCommit(false);
    }
  }

  <T> T read(Query<T> query) throws IOException, InterruptedException {
    var result = threads.submit(() -> readOnFreeConnection(query));
    try {
      return result.get();
    } catch (ExecutionException e) {
      throw new IOException("cannot read the store", e.getCause());
    }
  }

  @Override
  public void close() throws SQLException {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    List<Connection> connections = new ArrayList<>();
    free.drainTo(connections);
    for (Connection connection : connections) {
      connection.close();
    }
  }

  private <T> T readOnFreeConnection(Query<T> query) throws SQLException, InterruptedException {
    Connection connection = free.take();
    try {
      return query.read(connection);
    } finally {
      connection.rollback(); // ends the snapshot
      free.add(connection);
    }
  }
}
