package io.multijob.servo.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/// The reports that the service has refused, for a person: to look at, to offer again, or to drop.
/// They are those of the outbox of a servo that runs, or of one that does not.
///
/// Used by one thread.
public final class RefusedReports implements AutoCloseable {
  private static final String COLUMNS = "SELECT id, app_id, body, reason, since FROM set_aside";

  private final Connection connection;
  private final InstantSource clock;

  private RefusedReports(Connection connection, InstantSource clock) {
    this.connection = connection;
    this.clock = clock;
  }

  /// A report, why the service refused it, and when.
  public record Refused(Report report, String reason, Instant at) {}

  /// Those of the outbox in `directory`.
  ///
  /// @throws IOException if there is no outbox that can be used; the message says why
  public static RefusedReports open(Path directory, InstantSource clock) throws IOException {
    OutboxFile file = new OutboxFile(directory.resolve("outbox.db"));
    if (!Files.exists(file.path())) {
      throw new IOException("no outbox in " + directory + ": expected " + file.path());
    }
    SqliteLibrary.load(directory.resolve("native-outbox")); // the servo's own may be in use
    try {
      Connection connection = file.connect();
      OutboxSchema.requireKnown(connection);
      connection.setAutoCommit(false);
      return new RefusedReports(connection, clock);
    } catch (SQLException | IOException e) {
      throw new IOException(file.path() + " cannot be used: " + e.getMessage(), e);
    }
  }

  /// Tells all of them, the earliest refused first.
  public void list(Consumer<Refused> reader) throws IOException {
    change(() -> {
      try (PreparedStatement all = connection.prepareStatement(COLUMNS + " ORDER BY since, id");
          ResultSet rows = all.executeQuery()) {
        while (rows.next()) {
          reader.accept(refused(rows));
        }
      }
      return true;
    });
  }

  /// The report of the run with that id, if it was refused.
  public Optional<Refused> find(String id) throws IOException {
    return change(() -> {
      try (PreparedStatement one = connection.prepareStatement(COLUMNS + " WHERE id = ?1")) {
        one.setString(1, id);
        try (ResultSet rows = one.executeQuery()) {
          return rows.next() ? Optional.of(refused(rows)) : Optional.empty();
        }
      }
    });
  }

  /// Has it offered to the service again: a servo that runs does so within seconds, another at its
  /// start.
  ///
  /// @return false if no report of that id was refused
  public boolean retry(String id) throws IOException {
    return take(
        id,
        """
        INSERT OR IGNORE INTO pending (id, app_id, body, since)
        SELECT id, app_id, body, ?2 FROM set_aside WHERE id = ?1
        """);
  }

  /// Keeps it no longer. The run counts as settled: it is not reported again.
  ///
  /// @return false if no report of that id was refused
  public boolean drop(String id) throws IOException {
    return take(id, "INSERT OR IGNORE INTO delivered SELECT id, ?2 FROM set_aside WHERE id = ?1");
  }

  @Override
  public void close() throws IOException {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IOException("the outbox was not closed cleanly: " + e.getMessage(), e);
    }
  }

  /// Takes it out of those that were refused, by way of `insertion`.
  private boolean take(String id, String insertion) throws IOException {
    return change(() -> {
      try (PreparedStatement insert = connection.prepareStatement(insertion);
          PreparedStatement delete =
              connection.prepareStatement("DELETE FROM set_aside WHERE id = ?1")) {
        insert.setString(1, id);
        insert.setLong(2, clock.millis());
        insert.executeUpdate();
        delete.setString(1, id);
        return delete.executeUpdate() > 0;
      }
    });
  }

  private <T> T change(Change<T> change) throws IOException {
    try {
      T result = change.make();
      connection.commit();
      return result;
    } catch (SQLException e) {
      rollBack(e);
      throw new IOException("the outbox cannot be used: " + e.getMessage(), e);
    }
  }

  private void rollBack(SQLException reason) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      reason.addSuppressed(e);
    }
  }

  private static Refused refused(ResultSet row) throws SQLException {
    return new Refused(
        new Report(row.getString(1), row.getString(2), row.getString(3)),
        row.getString(4),
        Instant.ofEpochMilli(row.getLong(5)));
  }

  @FunctionalInterface
  private interface Change<T> {
    T make() throws SQLException;
  }
}
