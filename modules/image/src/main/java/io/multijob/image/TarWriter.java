package io.multijob.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// Writes a tar archive in the POSIX format (`ustar`). All entries belong to root and have the same
/// time, so that equal files make equal archives. Used by one thread.
///
/// The format: The Open Group Base Specifications, `pax`, "ustar Interchange Format".
final class TarWriter implements AutoCloseable {
  /// The time of every entry: 1980-01-01, the earliest that a zip file can have.
  static final long SECONDS = 315_532_800;

  private static final int BLOCK = 512;
  private static final int LONGEST_NAME = 100;
  private static final int LONGEST_PREFIX = 155;
  private static final int CHECKSUM_AT = 148;

  private static final char FILE = '0';
  private static final char DIRECTORY = '5';

  private final OutputStream out;

  TarWriter(OutputStream out) {
    this.out = out;
  }

  /// @param mode its permissions
  void directory(String name, int mode) throws IOException {
    out.write(header(name + "/", mode, 0, DIRECTORY));
  }

  /// @param mode its permissions
  void file(String name, int mode, Path source) throws IOException {
    long size = Files.size(source);
    out.write(header(name, mode, size, FILE));
    long copied = Files.copy(source, out);
    if (copied != size) {
      throw new IOException(source + " has changed while it was read");
    }
    pad(size);
  }

  void file(String name, int mode, byte[] content) throws IOException {
    out.write(header(name, mode, content.length, FILE));
    out.write(content);
    pad(content.length);
  }

  /// Ends the archive: two blocks of zeros.
  @Override
  public void close() throws IOException {
    out.write(new byte[2 * BLOCK]);
    out.close();
  }

  private void pad(long size) throws IOException {
    out.write(new byte[(int) ((BLOCK - size % BLOCK) % BLOCK)]);
  }

  private static byte[] header(String name, int mode, long size, char type) throws IOException {
    byte[] header = new byte[BLOCK];
    int split = split(name);
    put(header, 0, name.substring(split));
    put(header, 100, octal(mode, 7));
    put(header, 108, octal(0, 7));
    put(header, 116, octal(0, 7));
    put(header, 124, octal(size, 11));
    put(header, 136, octal(SECONDS, 11));
    put(header, CHECKSUM_AT, "        ");
    header[156] = (byte) type;
    put(header, 257, "ustar");
    put(header, 263, "00");
    put(header, 345, name.substring(0, Math.max(0, split - 1)));
    int sum = 0;
    for (byte each : header) {
      sum += each & 0xff;
    }
    put(header, CHECKSUM_AT, octal(sum, 6));
    header[CHECKSUM_AT + 6] = 0;
    return header;
  }

  /// Where the name begins that follows the prefix and its `/`; 0 where it needs no prefix.
  private static int split(String name) throws IOException {
    if (name.getBytes(UTF_8).length <= LONGEST_NAME) {
      return 0;
    }
    int slash = name.indexOf('/', name.length() - LONGEST_NAME - 1);
    if (slash < 0 || slash > LONGEST_PREFIX) {
      throw new IOException("too long a name for a tar archive: " + name);
    }
    return slash + 1;
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }

  private static String octal(long value, int digits) {
    String text = Long.toOctalString(value);
    return "0".repeat(digits - text.length()) + text;
  }
}
