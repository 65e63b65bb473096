package io.multijob.optune.store;

import io.multijob.optune.run.AppKey;
import io.multijob.optune.run.Run;
import io.multijob.protocol.Annotation;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Writes some runs in one transaction: the runs themselves, and once per batch what is kept of
/// each app. The caller begins and ends the transaction. Used by one thread.
final class Batch {

  /// The row of `apps` and `rollups` that stands for all apps together.
  static final long ALL_APPS = 0;

  private final RunTable runTable;
  private final RollupTable rollupTable;
  private final Connection connection;
  private final Map<AppKey, NewRuns> byApp = new LinkedHashMap<>();
  private final Map<RollupTable.Key, Rollup> rollups = new LinkedHashMap<>();

  private static final class NewRuns {
    private final long app;
    private final List<Run> runs = new ArrayList<>();
    private long last;

    private NewRuns(long app) {
      this.app = app;
    }
  }

  Batch(Connection connection) {
    this.connection = connection;
    this.runTable = new RunTable(connection);
    this.rollupTable = new RollupTable(connection);
  }

  /// Writes the run unless it is there.
  Acceptance add(Run run) throws SQLException {
    NewRuns ofApp = newRunsOf(run.app());
    Optional<Long> number = runTable.insert(run, ofApp.app);
    if (number.isEmpty()) {
      runTable.countDuplicate(run.id());
      return Acceptance.DUPLICATE;
    }
    ofApp.runs.add(run);
    ofApp.last = number.get();
    for (Span span : Span.values()) {
      Instant start = span.startOf(run.ended());
      rollupOf(new RollupTable.Key(ofApp.app, span, start)).add(run);
      rollupOf(new RollupTable.Key(ALL_APPS, span, start)).add(run);
    }
    return Acceptance.STORED;
  }

  /// Writes what the runs added change of their apps.
  void finish() throws SQLException {
    for (NewRuns ofApp : byApp.values()) {
      if (!ofApp.runs.isEmpty()) {
        updateApp(ofApp);
      }
    }
    for (Map.Entry<RollupTable.Key, Rollup> entry : rollups.entrySet()) {
      rollupTable.add(entry.getKey(), entry.getValue());
    }
  }

  private Rollup rollupOf(RollupTable.Key key) {
    return rollups.computeIfAbsent(key, absent -> new Rollup());
  }

  private NewRuns newRunsOf(AppKey key) throws SQLException {
    NewRuns known = byApp.get(key);
    if (known != null) {
      return known;
    }
    NewRuns found = new NewRuns(numberOf(key));
    byApp.put(key, found);
    return found;
  }

  private long numberOf(AppKey key) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT app FROM apps WHERE account = ? AND app_id = ?")) {
      select.setString(1, key.account());
      select.setString(2, key.appId());
      try (ResultSet rows = select.executeQuery()) {
        if (rows.next()) {
          return rows.getLong(1);
        }
      }
    }
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO apps (account, app_id, last_run, recent) VALUES (?, ?, 0, x'')",
            Statement.RETURN_GENERATED_KEYS)) {
      insert.setString(1, key.account());
      insert.setString(2, key.appId());
      insert.executeUpdate();
      try (ResultSet keys = insert.getGeneratedKeys()) {
        keys.next();
        return keys.getLong(1);
      }
    }
  }

  private void updateApp(NewRuns ofApp) throws SQLException {
    RecentRuns recent = recentOf(ofApp.app).with(ofApp.runs);
    try (PreparedStatement update =
        connection.prepareStatement(
            """
            UPDATE apps SET last_run = ?, recent = ?, resources = coalesce(?, resources)
            WHERE app = ?\
            """)) {
      update.setLong(1, ofApp.last);
      update.setBytes(2, recent.encode());
      update.setString(3, ofApp.runs.getLast().annotation(Annotation.RESOURCES).orElse(null));
      update.setLong(4, ofApp.app);
      update.executeUpdate();
    }
  }

  private RecentRuns recentOf(long app) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT recent FROM apps WHERE app = ?")) {
      select.setLong(1, app);
      try (ResultSet rows = select.executeQuery()) {
        rows.next();
        return RecentRuns.decode(rows.getBytes(1));
      }
    }
  }
}
