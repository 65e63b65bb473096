package io.multijob.servo.report;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Makes changes in the tables of [OutboxSchema], many in one transaction.
///
/// Used by one thread.
final class OutboxWriter implements AutoCloseable {
  private static final int UNSEEN = -1;

  private final Connection connection;
  private final PreparedStatement put;
  private final PreparedStatement keep;
  private final PreparedStatement admit;
  private final PreparedStatement forgetKept;
  private final PreparedStatement take;
  private final PreparedStatement deliver;
  private final PreparedStatement setAside;
  private final PreparedStatement forgetDelivered;
  private final PreparedStatement forgetSetAside;
  private final PreparedStatement countPending;
  private final PreparedStatement dataVersion;
  private final PreparedStatement pageCount;
  private final PreparedStatement freePages;
  private final PreparedStatement pageSize;

  private int seenVersion; // changes with what other connections commit, and not with ours

  /// @param connection used by this alone, and closed by it
  OutboxWriter(Connection connection) throws SQLException {
    this.connection = connection;
    dataVersion = connection.prepareStatement("PRAGMA data_version");
    seenVersion = number(dataVersion);
    connection.setAutoCommit(false);
    put =
        connection.prepareStatement(
            """
            INSERT INTO pending (id, app_id, body, since)
            SELECT ?1, ?2, ?3, ?4
            WHERE NOT EXISTS (SELECT 1 FROM delivered WHERE id = ?1)
              AND NOT EXISTS (SELECT 1 FROM set_aside WHERE id = ?1)
            ON CONFLICT (id) DO NOTHING
            """);
    keep =
        connection.prepareStatement(
            """
            INSERT INTO kept (id, app_id, body, since)
            SELECT ?1, ?2, ?3, ?4
            WHERE NOT EXISTS (SELECT 1 FROM pending WHERE id = ?1)
              AND NOT EXISTS (SELECT 1 FROM delivered WHERE id = ?1)
              AND NOT EXISTS (SELECT 1 FROM set_aside WHERE id = ?1)
            ON CONFLICT (id) DO NOTHING
            """);
    admit =
        connection.prepareStatement(
            """
            INSERT INTO pending (id, app_id, body, since)
            SELECT id, app_id, body, since FROM kept
            WHERE id = ?1
              AND NOT EXISTS (SELECT 1 FROM delivered WHERE id = ?1)
              AND NOT EXISTS (SELECT 1 FROM set_aside WHERE id = ?1)
            ON CONFLICT (id) DO NOTHING
            """);
    forgetKept = connection.prepareStatement("DELETE FROM kept WHERE id = ?1");
    take = connection.prepareStatement("DELETE FROM pending WHERE id = ?1");
    deliver = connection.prepareStatement("INSERT OR IGNORE INTO delivered VALUES (?1, ?2)");
    setAside =
        connection.prepareStatement("INSERT OR IGNORE INTO set_aside VALUES (?1, ?2, ?3, ?4, ?5)");
    forgetDelivered = connection.prepareStatement("DELETE FROM delivered WHERE id = ?1");
    forgetSetAside = connection.prepareStatement("DELETE FROM set_aside WHERE id = ?1");
    countPending = connection.prepareStatement(OutboxReader.COUNT_PENDING);
    pageCount = connection.prepareStatement("PRAGMA page_count");
    freePages = connection.prepareStatement("PRAGMA freelist_count");
    pageSize = connection.prepareStatement("PRAGMA page_size");
  }

  /// Makes all of the changes or none. When this returns, they survive a crash of the machine.
  ///
  /// @return by how many the pending reports of each app have become more, or fewer
  Map<String, Integer> write(List<OutboxChange> changes) throws SQLException {
    Map<String, Integer> pending = new HashMap<>();
    try {
      for (OutboxChange change : changes) {
        write(change, pending);
      }
      for (OutboxChange change : changes) {
        if (change instanceof OutboxChange.Adopt(PendingCounts known)) {
          adopt(known, pending); // last: a transaction that begins by reading may not write
        }
      }
      connection.commit();
      return pending;
    } catch (SQLException e) {
      rollBack(e);
      throw e;
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private void write(OutboxChange change, Map<String, Integer> pending) throws SQLException {
    switch (change) {
      case OutboxChange.Put(Report report, var at) -> {
        fill(put, report, at);
        pending.merge(report.appId(), put.executeUpdate(), Integer::sum);
        forgetKept(report);
      }
      case OutboxChange.Keep(Report report, var at) -> {
        fill(keep, report, at);
        keep.executeUpdate();
      }
      case OutboxChange.Admit(Report report) -> {
        admit.setString(1, report.id());
        pending.merge(report.appId(), admit.executeUpdate(), Integer::sum);
        forgetKept(report);
      }
      case OutboxChange.Deliver(List<Report> reports, var at) -> {
        for (Report report : reports) {
          pending.merge(report.appId(), -take(report), Integer::sum);
          deliver.setString(1, report.id());
          deliver.setLong(2, at.toEpochMilli());
          deliver.executeUpdate();
        }
      }
      case OutboxChange.SetAside(Report report, String reason, var at) -> {
        pending.merge(report.appId(), -take(report), Integer::sum);
        setAside.setString(1, report.id());
        setAside.setString(2, report.appId());
        setAside.setString(3, report.body());
        setAside.setString(4, reason);
        setAside.setLong(5, at.toEpochMilli());
        setAside.executeUpdate();
      }
      case OutboxChange.Adopt adopt -> {} // when all others are made
      case OutboxChange.Forget(List<String> ids) -> {
        for (String id : ids) {
          forgetDelivered.setString(1, id);
          forgetDelivered.executeUpdate();
          forgetSetAside.setString(1, id);
          forgetSetAside.executeUpdate();
        }
      }
    }
  }

  private static void fill(PreparedStatement insert, Report report, Instant at)
      throws SQLException {
    insert.setString(1, report.id());
    insert.setString(2, report.appId());
    insert.setString(3, report.body());
    insert.setLong(4, at.toEpochMilli());
  }

  private void forgetKept(Report report) throws SQLException {
    forgetKept.setString(1, report.id());
    forgetKept.executeUpdate();
  }

  /// Adds to `pending` what another process has added or taken since we looked last.
  private void adopt(PendingCounts known, Map<String, Integer> pending) throws SQLException {
    int version = number(dataVersion);
    if (version == seenVersion) {
      return;
    }
    seenVersion = version;
    Map<String, Integer> changes = new HashMap<>(counted());
    known.byApp().forEach((app, count) -> changes.merge(app, -count, Integer::sum));
    pending.forEach((app, count) -> changes.merge(app, -count, Integer::sum));
    changes.forEach((app, count) -> pending.merge(app, count, Integer::sum));
    if (changes.values().stream().anyMatch(count -> count > 0)) {
      known.noteAdopted();
    }
  }

  private Map<String, Integer> counted() throws SQLException {
    Map<String, Integer> counts = new HashMap<>();
    try (ResultSet rows = countPending.executeQuery()) {
      while (rows.next()) {
        counts.put(rows.getString(1), rows.getInt(2));
      }
    }
    return counts;
  }

  /// How many bytes the file has taken up that hold something.
  long usedBytes() throws SQLException {
    long pages = (long) number(pageCount) - number(freePages);
    long bytes = pages * number(pageSize);
    connection.commit(); // a transaction that has read would lose against another process's
    return bytes;
  }

  private static int number(PreparedStatement query) throws SQLException {
    try (ResultSet row = query.executeQuery()) {
      return row.next() ? row.getInt(1) : 0;
    }
  }

  private int take(Report report) throws SQLException {
    take.setString(1, report.id());
    return take.executeUpdate();
  }

  private void rollBack(SQLException reason) {
    seenVersion = UNSEEN;
    try {
      connection.rollback();
    } catch (SQLException e) {
      reason.addSuppressed(e);
      beginAnew(reason);
    }
  }

  /// On a full disk SQLite has rolled back by itself, of which the driver knows nothing: it would
  /// begin no further transaction, and refuse every commit.
  private void beginAnew(SQLException reason) {
    try {
      connection.setAutoCommit(true);
    } catch (SQLException e) {
      reason.addSuppressed(e); // there is nothing to commit
    }
    try {
      connection.setAutoCommit(false);
    } catch (SQLException e) {
      reason.addSuppressed(e);
    }
  }
}
