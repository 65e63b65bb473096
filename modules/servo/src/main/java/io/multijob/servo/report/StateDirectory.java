package io.multijob.servo.report;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A directory that one servo at a time has for its own, by a lock on the file `lock` in it.
///
/// Thread-safe.
final class StateDirectory implements AutoCloseable {
  private final Path path;
  private final FileChannel lockFile;

  private StateDirectory(Path path, FileChannel lockFile) {
    this.path = path;
    this.lockFile = lockFile;
  }

  /// Takes the directory, making it where there is none.
  ///
  /// @throws IOException if it cannot be made or written, or another servo has it; the message says
  ///   which and names the directory
  static StateDirectory take(Path path) throws IOException {
    FileChannel channel;
    try {
      Files.createDirectories(path);
      channel = FileChannel.open(path.resolve("lock"), CREATE, WRITE);
    } catch (FileSystemException e) {
      throw new IOException("the directory " + path + " cannot be written: " + reason(e), e);
    }
    if (lock(channel)) {
      return new StateDirectory(path, channel);
    }
    channel.close();
    throw new IOException("the directory " + path + " is in use by another servo");
  }

  Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    lockFile.close();
  }

  /// The lock is let go with the channel, or with the process however it ends.
  private static boolean lock(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false; // this process has it
    }
  }

  private static String reason(FileSystemException e) {
    String reason = e.getReason();
    return switch (e) {
      case AccessDeniedException denied -> "permission denied";
      case FileAlreadyExistsException exists -> e.getFile() + " is not a directory";
      default -> reason == null ? e.getClass().getSimpleName() : reason;
    };
  }
}
