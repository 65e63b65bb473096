package io.multijob.optune.store;

import io.multijob.optune.run.AppKey;
import io.multijob.optune.run.Ending;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Reads apps and their roll-ups over one connection. Used by one thread at a time.
record AppTable(Connection connection) {

  private static final String APPS =
      """
      SELECT apps.app, account, app_id, coalesce(resources, '{}'), recent,
        run, id, min(coalesce(finished_us, received_us), received_us), failed,
        coalesce(reason, '')
      FROM apps CROSS JOIN runs ON run = last_run
      WHERE last_run > ? ORDER BY last_run DESC LIMIT ?\
      """;

  private static final String ROLLUPS =
      "SELECT start_s, "
          + RollupTable.COLUMNS
          + " FROM rollups WHERE app = ? AND span_s = ? AND start_s >= ? ORDER BY start_s";

  /// The numbers of the apps that the filter lets through.
  List<Long> numbers(AppFilter filter) throws SQLException {
    return switch (filter) {
      case AppFilter.All() -> List.of(Batch.ALL_APPS);
      case AppFilter.Named(String appId) ->
          numbers("SELECT app FROM apps WHERE app_id = ? AND app <> 0", appId);
      case AppFilter.Exactly(AppKey app) ->
          numbers(
              "SELECT app FROM apps WHERE app_id = ? AND account = ?", app.appId(), app.account());
    };
  }

  long count() throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement("SELECT count(*) FROM apps WHERE app <> 0");
        ResultSet rows = select.executeQuery()) {
      rows.next();
      return rows.getLong(1);
    }
  }

  /// Apps that have run after the run with the given number, the latest first.
  List<AppSummary> after(long number, int limit, Window window, Instant now) throws SQLException {
    List<AppSummary> apps = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(APPS);
        PreparedStatement rollups = connection.prepareStatement(ROLLUPS)) {
      select.setLong(1, number);
      select.setInt(2, limit);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          set(rollups, rows.getLong(1), window.sums(), window.since(now));
          apps.add(app(rows, sum(rollups).summary()));
        }
      }
    }
    return apps;
  }

  /// The sums over the window of one app, or of all together.
  Summary summary(long app, Window window, Instant now) throws SQLException {
    try (PreparedStatement rollups = connection.prepareStatement(ROLLUPS)) {
      set(rollups, app, window.sums(), window.since(now));
      return sum(rollups).summary();
    }
  }

  /// The steps of the window in which any of the apps ran, oldest first.
  List<Step> history(List<Long> apps, Window window, Instant now) throws SQLException {
    SortedMap<Instant, Rollup> steps = new TreeMap<>();
    try (PreparedStatement rollups = connection.prepareStatement(ROLLUPS)) {
      for (long app : apps) {
        set(rollups, app, window.history(), window.since(now));
        try (ResultSet rows = rollups.executeQuery()) {
          while (rows.next()) {
            steps
                .computeIfAbsent(Instant.ofEpochSecond(rows.getLong(1)), absent -> new Rollup())
                .addAll(RollupTable.read(rows, 2));
          }
        }
      }
    }
    return steps.entrySet().stream()
        .map(step -> new Step(step.getKey(), step.getValue().summary()))
        .toList();
  }

  private List<Long> numbers(String query, String... values) throws SQLException {
    List<Long> numbers = new ArrayList<>();
    try (PreparedStatement select = connection.prepareStatement(query)) {
      for (int i = 0; i < values.length; i++) {
        select.setString(i + 1, values[i]);
      }
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          numbers.add(rows.getLong(1));
        }
      }
    }
    return numbers;
  }

  private static void set(PreparedStatement rollups, long app, Span span, Instant since)
      throws SQLException {
    rollups.setLong(1, app);
    rollups.setLong(2, span.length().toSeconds());
    rollups.setLong(3, since.getEpochSecond());
  }

  private static Rollup sum(PreparedStatement rollups) throws SQLException {
    Rollup sum = new Rollup();
    try (ResultSet rows = rollups.executeQuery()) {
      while (rows.next()) {
        sum.addAll(RollupTable.read(rows, 2));
      }
    }
    return sum;
  }

  private static AppSummary app(ResultSet rows, Summary summary) throws SQLException {
    return new AppSummary(
        new AppKey(rows.getString(2), rows.getString(3)),
        new AppSummary.LastRun(
            rows.getLong(6),
            rows.getString(7),
            Instant.EPOCH.plus(rows.getLong(8), ChronoUnit.MICROS),
            rows.getBoolean(9) ? Ending.FAILED : Ending.SUCCEEDED,
            rows.getString(10)),
        rows.getString(4),
        RecentRuns.decode(rows.getBytes(5)),
        summary);
  }
}
