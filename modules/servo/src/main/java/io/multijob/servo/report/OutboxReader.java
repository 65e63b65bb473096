package io.multijob.servo.report;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// Reads what is committed in the tables of [OutboxSchema]. Never waits for a write.
///
/// Thread-safe.
final class OutboxReader implements AutoCloseable {
  static final String COUNT_PENDING = "SELECT app_id, count(*) FROM pending GROUP BY app_id";

  private final ReentrantLock lock = new ReentrantLock();
  private final Connection connection;
  private final PreparedStatement knows;
  private final PreparedStatement isDelivered;
  private final PreparedStatement pending;
  private final PreparedStatement kept;
  private final PreparedStatement oldest;
  private final PreparedStatement countSetAside;
  private final PreparedStatement settled;

  /// @param connection used by this alone, and closed by it
  OutboxReader(Connection connection) throws SQLException {
    this.connection = connection;
    knows =
        connection.prepareStatement(
            """
            SELECT EXISTS (SELECT 1 FROM delivered WHERE id = ?1)
              OR EXISTS (SELECT 1 FROM pending WHERE id = ?1)
              OR EXISTS (SELECT 1 FROM set_aside WHERE id = ?1)
            """);
    isDelivered =
        connection.prepareStatement("SELECT EXISTS (SELECT 1 FROM delivered WHERE id = ?1)");
    pending =
        connection.prepareStatement(
            "SELECT id, body, since FROM pending WHERE app_id = ?1 ORDER BY seq LIMIT ?2");
    kept = connection.prepareStatement("SELECT id, app_id, body FROM kept");
    oldest = connection.prepareStatement("SELECT since FROM pending ORDER BY seq LIMIT 1");
    countSetAside = connection.prepareStatement("SELECT count(*) FROM set_aside");
    settled =
        connection.prepareStatement(
            """
            SELECT since, id FROM delivered WHERE since < ?1 AND (since, id) > (?3, ?4)
            UNION ALL
            SELECT since, id FROM set_aside WHERE since < ?2 AND (since, id) > (?3, ?4)
            ORDER BY since, id LIMIT ?5
            """);
  }

  /// A report that was delivered or set aside.
  record SettledReport(long since, String id) {
    /// Comes before all others.
    static final SettledReport NONE = new SettledReport(Long.MIN_VALUE, "");
  }

  boolean knows(String id) throws IOException {
    return truth(knows, id);
  }

  /// True for the id of a report that was delivered.
  boolean isDelivered(String id) throws IOException {
    return truth(isDelivered, id);
  }

  private boolean truth(PreparedStatement question, String id) throws IOException {
    return read(() -> {
      question.setString(1, id);
      try (ResultSet row = question.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    });
  }

  /// The pending reports of an app, the oldest first.
  List<PendingReport> pending(String appId, int limit) throws IOException {
    return read(() -> {
      pending.setString(1, appId);
      pending.setInt(2, limit);
      List<PendingReport> reports = new ArrayList<>();
      try (ResultSet rows = pending.executeQuery()) {
        while (rows.next()) {
          Report report = new Report(rows.getString(1), appId, rows.getString(2));
          reports.add(new PendingReport(report, Instant.ofEpochMilli(rows.getLong(3))));
        }
      }
      return reports;
    });
  }

  /// The reports that may still get better.
  List<Report> kept() throws IOException {
    return read(() -> {
      List<Report> reports = new ArrayList<>();
      try (ResultSet rows = kept.executeQuery()) {
        while (rows.next()) {
          reports.add(new Report(rows.getString(1), rows.getString(2), rows.getString(3)));
        }
      }
      return reports;
    });
  }

  /// How many reports are pending, by app.
  Map<String, Integer> countPending() throws IOException {
    return read(() -> {
      Map<String, Integer> counts = new HashMap<>();
      try (PreparedStatement count = connection.prepareStatement(COUNT_PENDING);
          ResultSet rows = count.executeQuery()) {
        while (rows.next()) {
          counts.put(rows.getString(1), rows.getInt(2));
        }
      }
      return counts;
    });
  }

  /// Since when the oldest of the pending reports waits.
  Optional<Instant> oldestPending() throws IOException {
    return read(() -> {
      try (ResultSet row = oldest.executeQuery()) {
        return row.next() ? Optional.of(Instant.ofEpochMilli(row.getLong(1))) : Optional.empty();
      }
    });
  }

  int countSetAside() throws IOException {
    return read(() -> {
      try (ResultSet row = countSetAside.executeQuery()) {
        return row.next() ? row.getInt(1) : 0;
      }
    });
  }

  /// Reports that were delivered or set aside before the given moments, in the order of that, from
  /// the one after `after` on.
  List<SettledReport> settled(
      Instant deliveredBefore, Instant setAsideBefore, SettledReport after, int limit)
      throws IOException {
    return read(() -> {
      settled.setLong(1, deliveredBefore.toEpochMilli());
      settled.setLong(2, setAsideBefore.toEpochMilli());
      settled.setLong(3, after.since());
      settled.setString(4, after.id());
      settled.setInt(5, limit);
      List<SettledReport> reports = new ArrayList<>();
      try (ResultSet rows = settled.executeQuery()) {
        while (rows.next()) {
          reports.add(new SettledReport(rows.getLong(1), rows.getString(2)));
        }
      }
      return reports;
    });
  }

  @Override
  public void close() throws SQLException {
    lock.lock();
    try {
      connection.close();
    } finally {
      lock.unlock();
    }
  }

  private <T> T read(Query<T> query) throws IOException {
    lock.lock();
    try {
      return query.run();
    } catch (SQLException e) {
      throw new IOException("the outbox cannot be read: " + e.getMessage(), e);
    } finally {
      lock.unlock();
    }
  }

  @FunctionalInterface
  private interface Query<T> {
    T run() throws SQLException;
  }
}
