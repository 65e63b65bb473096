package io.multijob.servo.report;

import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/// The outbox's tables. A report's state is the table it is in:
///
///     kept       of a run that is over and may still get its figures; becomes pending as it is
///                when the servo was down meanwhile and the pod is gone
///     pending    taken, and not with the service yet; `seq` is the order in which they came
///     delivered  the service has it; only the id is kept, so that the run is not reported again
///     set_aside  the service will never take it; kept whole, with its reason, for a person
///
/// Times are milliseconds since the epoch. The version of all this is in SQLite's `user_version`.
final class OutboxSchema {
  private static final int VERSION = 2;

  private static final List<String> TABLES =
      List.of(
          """
          CREATE TABLE IF NOT EXISTS kept (
            id TEXT NOT NULL PRIMARY KEY,
            app_id TEXT NOT NULL,
            body TEXT NOT NULL,
            since INTEGER NOT NULL) WITHOUT ROWID
          """,
          """
          CREATE TABLE IF NOT EXISTS pending (
            seq INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            app_id TEXT NOT NULL,
            body TEXT NOT NULL,
            since INTEGER NOT NULL)
          """,
          "CREATE INDEX IF NOT EXISTS pending_by_app ON pending (app_id, seq)",
          """
          CREATE TABLE IF NOT EXISTS delivered (
            id TEXT NOT NULL PRIMARY KEY,
            since INTEGER NOT NULL) WITHOUT ROWID
          """,
          "CREATE INDEX IF NOT EXISTS delivered_by_age ON delivered (since, id)",
          """
          CREATE TABLE IF NOT EXISTS set_aside (
            id TEXT NOT NULL PRIMARY KEY,
            app_id TEXT NOT NULL,
            body TEXT NOT NULL,
            reason TEXT NOT NULL,
            since INTEGER NOT NULL) WITHOUT ROWID
          """,
          "CREATE INDEX IF NOT EXISTS set_aside_by_age ON set_aside (since, id)");

  private OutboxSchema() {}

  /// Makes the tables that a new file or one of an earlier version lacks, and checks that they are
  /// whole.
  ///
  /// @throws IOException if the file is of a later version than this
  /// @throws SQLException if it is not whole, or cannot be read or written
  static void prepare(Connection connection) throws IOException, SQLException {
    try (Statement statement = connection.createStatement()) {
      if (version(statement) < VERSION) {
        create(connection, statement);
      }
      requireWhole(statement);
    }
  }

  /// Checks that the tables are there and known to us.
  ///
  /// @throws IOException if they are not
  static void requireKnown(Connection connection) throws IOException, SQLException {
    try (Statement statement = connection.createStatement()) {
      if (version(statement) == 0) {
        throw new IOException("it is no outbox");
      }
    }
  }

  private static int version(Statement statement) throws IOException, SQLException {
    int version = number(statement, "PRAGMA user_version");
    if (version > VERSION) {
      throw new IOException(
          "it was written by a later servo (version "
              + version
              + ", this one knows "
              + VERSION
              + "): run that one, or move the file away");
    }
    return version;
  }

  private static void create(Connection connection, Statement statement) throws SQLException {
    connection.setAutoCommit(false);
    for (String table : TABLES) {
      statement.execute(table);
    }
    statement.execute("PRAGMA user_version = " + VERSION);
    connection.commit();
    connection.setAutoCommit(true);
  }

  private static void requireWhole(Statement statement) throws SQLException {
    try (ResultSet result = statement.executeQuery("PRAGMA quick_check(1)")) {
      String verdict = result.next() ? result.getString(1) : "no answer";
      if (!verdict.equals("ok")) {
        throw new DamagedException(verdict);
      }
    }
  }

  private static int number(Statement statement, String query) throws SQLException {
    try (ResultSet result = statement.executeQuery(query)) {
      return result.next() ? result.getInt(1) : 0;
    }
  }

  /// The file is not what SQLite wrote.
  static final class DamagedException extends SQLException {
    private static final long serialVersionUID = 1L;

    DamagedException(String verdict) {
      super(verdict);
    }
  }
}
