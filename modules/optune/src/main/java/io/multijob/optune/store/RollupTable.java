package io.multijob.optune.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/// The rows of `rollups`, written over one connection. Used by one thread at a time.
record RollupTable(Connection connection) {

  /// Names one roll-up.
  record Key(long app, Span span, Instant start) {}

  /// The columns that [#read] reads, in its order.
  static final String COLUMNS = "runs, failures, durations, cpu_times, peak_memory";

  /// Adds the sums to those that are there.
  void add(Key key, Rollup more) throws SQLException {
    Optional<Rollup> known = find(key);
    known.ifPresent(rollup -> rollup.addAll(more));
    write(key, known.orElse(more));
  }

  private Optional<Rollup> find(Key key) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement(
            "SELECT " + COLUMNS + " FROM rollups WHERE app = ? AND span_s = ? AND start_s = ?")) {
      set(select, key);
      try (ResultSet rows = select.executeQuery()) {
        return rows.next() ? Optional.of(read(rows, 1)) : Optional.empty();
      }
    }
  }

  private void write(Key key, Rollup rollup) throws SQLException {
    try (PreparedStatement replace =
        connection.prepareStatement(
            """
            REPLACE INTO rollups (
              app, span_s, start_s, runs, failures, durations, cpu_times, peak_memory)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)\
            """)) {
      set(replace, key);
      replace.setLong(4, rollup.runs());
      replace.setLong(5, rollup.failures());
      replace.setBytes(6, rollup.durations().encode());
      replace.setBytes(7, rollup.cpuTimes().encode());
      replace.setBytes(8, rollup.peakMemory().encode());
      replace.executeUpdate();
    }
  }

  /// Reads a roll-up from [#COLUMNS], the first of which is the given one.
  static Rollup read(ResultSet rows, int column) throws SQLException {
    return new Rollup(
        rows.getLong(column),
        rows.getLong(column + 1),
        Distribution.decode(rows.getBytes(column + 2)),
        Distribution.decode(rows.getBytes(column + 3)),
        Distribution.decode(rows.getBytes(column + 4)));
  }

  private static void set(PreparedStatement statement, Key key) throws SQLException {
    statement.setLong(1, key.app());
    statement.setLong(2, key.span().length().toSeconds());
    statement.setLong(3, key.start().getEpochSecond());
  }
}
