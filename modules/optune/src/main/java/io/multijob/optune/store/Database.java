package io.multijob.optune.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;

/// The SQLite file of one state directory, held by one process at a time.
///
/// A commit is on disk when it returns (`synchronous=FULL`), readers do not wait for the writer nor
/// it for them (`journal_mode=WAL`): <https://www.sqlite.org/wal.html>.
final class Database implements AutoCloseable {
  private static final String FILE = "optune.db";
  private static final String LOCK_FILE = "optune.lock";
  private static final String MIGRATIONS = "classpath:io/multijob/optune/store";

  private final String url;
  private final FileChannel lockChannel;

  private Database(String url, FileChannel lockChannel) {
    this.url = url;
    this.lockChannel = lockChannel;
  }

  /// Opens the directory's database, makes it if there is none, and brings it to this version's
  /// schema.
  ///
  /// @throws IOException if the directory cannot be written, another process uses it, or its
  ///   database is of a later version
  static Database open(Path directory) throws IOException {
    Files.createDirectories(directory);
    FileChannel lockChannel = lock(directory.resolve(LOCK_FILE));
    try {
      String url = "jdbc:sqlite:" + directory.resolve(FILE).toAbsolutePath();
      migrate(url);
      return new Database(url, lockChannel);
    } catch (IOException e) {
      lockChannel.close();
      throw e;
    }
  }

  /// A connection that is durable on commit. The caller closes it.
  Connection connect() throws SQLException {
    Connection connection = DriverManager.getConnection(url);
    try (Statement statement = connection.createStatement()) {
      for (String pragma :
          List.of(
              "journal_mode = WAL",
              "synchronous = FULL",
              "foreign_keys = ON",
              "busy_timeout = 5000",
              "temp_store = MEMORY",
              "cache_size = -16384")) {
        statement.execute("PRAGMA " + pragma);
      }
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /// Lets another process have the directory.
  @Override
  public void close() throws IOException {
    lockChannel.close();
  }

  private static FileChannel lock(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (tryLock(channel) == null) {
        throw new IOException("the state directory is in use by another process: " + file);
      }
      return channel;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // held by this very process
    }
  }

  private static void migrate(String url) throws IOException {
    try {
      Flyway.configure().dataSource(url, null, null).locations(MIGRATIONS).load().migrate();
    } catch (FlywayException e) {
      throw new IOException("cannot bring the database to this version's schema: " + url, e);
    }
  }
}
