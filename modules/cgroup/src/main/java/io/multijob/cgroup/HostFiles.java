package io.multijob.cgroup;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/// This machine's files. Thread-safe.
///
/// Reads by streams, not channels: an interrupt, which is how podmon is told to end, would close a
/// channel in the middle of a reading.
public final class HostFiles implements CgroupFiles {
  /// Control files are smaller. The kernel gives their size as 0 or 4,096.
  private static final int USUAL_BYTES = 1024;

  @Override
  public String read(String path) throws IOException {
    try (var in = new FileInputStream(path)) {
      byte[] bytes = new byte[USUAL_BYTES];
      int length = 0;
      for (int read = 0; read >= 0; read = in.read(bytes, length, bytes.length - length)) {
        length += read;
        bytes = length < bytes.length ? bytes : Arrays.copyOf(bytes, 2 * length);
      }
      return new String(bytes, 0, length, UTF_8);
    }
  }

  @Override
  public List<String> list(String directory) {
    String[] names = new File(directory).list();
    return names == null ? List.of() : List.of(names);
  }

  @Override
  public boolean isDirectory(String path) {
    return new File(path).isDirectory();
  }

  @Override
  public Instant modified(String directory) throws IOException {
    return Files.getLastModifiedTime(Path.of(directory)).toInstant();
  }
}
