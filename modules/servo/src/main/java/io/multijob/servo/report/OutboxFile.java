package io.multijob.servo.report;

import io.multijob.servo.report.OutboxSchema.DamagedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// The outbox's file, `outbox.db`, and what SQLite keeps beside it (`-wal`, `-shm`).
///
/// @param path whole, of our version, and ours alone
record OutboxFile(Path path) {
  private static final Logger LOG = LoggerFactory.getLogger(OutboxFile.class);

  private static final List<String> PARTS = List.of("", "-wal", "-shm");
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

  /// The file in `directory`, new where there is none. One that is damaged is moved aside whole,
  /// with its name told, and a new one begun: what it held that the service does not have is still
  /// in the cluster.
  ///
  /// @throws IOException if there is no working with it
  static OutboxFile prepare(Path directory, InstantSource clock) throws IOException {
    OutboxFile file = new OutboxFile(directory.resolve("outbox.db"));
    try {
      file.check();
    } catch (SQLException e) {
      if (!damaged(e)) {
        throw new IOException(file.path + " cannot be used: " + e.getMessage(), e);
      }
      file.moveAside(clock, e);
      file.checkNew();
    }
    return file;
  }

  /// A connection to it, whose commits are on disk when they return.
  Connection connect() throws SQLException {
    return DriverManager.getConnection(
        "jdbc:sqlite:" + path + "?journal_mode=WAL&synchronous=FULL&busy_timeout=10000");
  }

  /// True for what a file says that is not what SQLite wrote.
  static boolean damaged(SQLException e) {
    return e instanceof DamagedException
        || (e instanceof SQLiteException sqlite
            && (primary(sqlite) == SQLiteErrorCode.SQLITE_CORRUPT.code
                || primary(sqlite) == SQLiteErrorCode.SQLITE_NOTADB.code));
  }

  /// An extended result code has the primary one in its lowest byte ([result
  /// codes](https://www.sqlite.org/rescode.html)).
  private static int primary(SQLiteException e) {
    return e.getResultCode().code & 0xff;
  }

  private void check() throws IOException, SQLException {
    try (Connection connection = connect()) {
      OutboxSchema.prepare(connection);
    } catch (IOException e) {
      throw new IOException(path + " cannot be used: " + e.getMessage(), e);
    }
  }

  private void checkNew() throws IOException {
    try {
      check();
    } catch (SQLException e) {
      throw new IOException("a new " + path + " cannot be made: " + e.getMessage(), e);
    }
  }

  private void moveAside(InstantSource clock, SQLException reason) throws IOException {
    String name = path.getFileName() + ".damaged-" + STAMP.format(clock.instant());
    for (String part : PARTS) {
      Path from = path.resolveSibling(path.getFileName() + part);
      if (Files.exists(from)) {
        Files.move(from, path.resolveSibling(name + part));
      }
    }
    LOG.atError()
        .addKeyValue("file", path.resolveSibling(name))
        .addKeyValue("reason", reason.getMessage())
        .log("Outbox is damaged, it was moved aside and a new one begun");
  }
}
