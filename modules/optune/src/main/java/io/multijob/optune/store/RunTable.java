package io.multijob.optune.store;

import io.multijob.optune.run.AppKey;
import io.multijob.optune.run.Ending;
import io.multijob.optune.run.Run;
import io.multijob.protocol.Annotation;
import io.multijob.protocol.Metric;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/// The rows of `runs`, written and read over one connection. Used by one thread at a time.
record RunTable(Connection connection) {

  private static final String INSERT =
      """
      INSERT INTO runs (
        id, app, received_us, created_us, scheduled_us, initialized_us, started_us, finished_us,
        duration_s, est_duration_s, cpu_time_s, max_memory_bytes, reason, exit_code, failed,
        document)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO NOTHING
      RETURNING run\
      """;

  private static final String SELECT =
      """
      SELECT run, id, account, app_id, received_us, failed, duplicates, document
      FROM runs CROSS JOIN apps USING (app) -- in this order, so that rows come by run
      """;

  /// Writes the run and returns its number, or nothing when a run of its id is there.
  Optional<Long> insert(Run run, long app) throws SQLException {
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setString(1, run.id());
      insert.setLong(2, app);
      insert.setLong(3, microseconds(run.received()));
      set(insert, 4, run.moment(Annotation.CREATED));
      set(insert, 5, run.moment(Annotation.SCHEDULED));
      set(insert, 6, run.moment(Annotation.INITIALIZED));
      set(insert, 7, run.moment(Annotation.STARTED));
      set(insert, 8, run.moment(Annotation.FINISHED));
      set(insert, 9, run.metric(Metric.DURATION));
      set(insert, 10, run.metric(Metric.EST_DURATION));
      set(insert, 11, run.metric(Metric.CPU_TIME));
      set(insert, 12, run.metric(Metric.MAX_MEMORY));
      insert.setString(13, run.reason().orElse(null));
      insert.setObject(14, run.exitCode().orElse(null));
      insert.setBoolean(15, run.ending() == Ending.FAILED);
      insert.setString(16, run.document());
      try (ResultSet rows = insert.executeQuery()) {
        return rows.next() ? Optional.of(rows.getLong(1)) : Optional.empty();
      }
    }
  }

  void countDuplicate(String id) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE runs SET duplicates = duplicates + 1 WHERE id = ?")) {
      update.setString(1, id);
      update.executeUpdate();
    }
  }

  Optional<StoredRun> find(String id) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(SELECT + "WHERE id = ?")) {
      select.setString(1, id);
      return read(select).stream().findFirst();
    }
  }

  /// Runs older than the given number, newest first.
  List<StoredRun> before(long number, int limit) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(SELECT + "WHERE run < ? ORDER BY run DESC LIMIT ?")) {
      select.setLong(1, number);
      select.setInt(2, limit);
      return read(select);
    }
  }

  /// Runs of one app older than the given number, newest first.
  List<StoredRun> before(long number, int limit, long app) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            SELECT + "WHERE runs.app = ? AND run < ? ORDER BY run DESC LIMIT ?")) {
      select.setLong(1, app);
      select.setLong(2, number);
      select.setInt(3, limit);
      return read(select);
    }
  }

  /// Runs newer than the given number, oldest first.
  List<StoredRun> after(long number, int limit) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(SELECT + "WHERE run > ? ORDER BY run LIMIT ?")) {
      select.setLong(1, number);
      select.setInt(2, limit);
      return read(select);
    }
  }

  /// The number of the newest run, 0 when there is none.
  long last() throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement("SELECT coalesce(max(run), 0) FROM runs");
        ResultSet rows = select.executeQuery()) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private static List<StoredRun> read(PreparedStatement select) throws SQLException {
    List<StoredRun> runs = new ArrayList<>();
    try (ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        runs.add(
            new StoredRun(
                rows.getLong(1),
                rows.getString(2),
                new AppKey(rows.getString(3), rows.getString(4)),
                Instant.EPOCH.plus(rows.getLong(5), ChronoUnit.MICROS),
                rows.getBoolean(6) ? Ending.FAILED : Ending.SUCCEEDED,
                rows.getInt(7),
                rows.getString(8)));
      }
    }
    return runs;
  }

  private static long microseconds(Instant moment) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, moment);
  }

  private static void set(PreparedStatement statement, int column, Optional<Instant> moment)
      throws SQLException {
    if (moment.isPresent()) {
      statement.setLong(column, microseconds(moment.get()));
    } else {
      statement.setNull(column, Types.INTEGER);
    }
  }

  private static void set(PreparedStatement statement, int column, OptionalDouble figure)
      throws SQLException {
    if (figure.isPresent()) {
      statement.setDouble(column, figure.getAsDouble());
    } else {
      statement.setNull(column, Types.REAL);
    }
  }
}
