package io.multijob.servo.certificate;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.multijob.servo.kubernetes.Pem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A key set in a directory that only we may read: one file, so that no crash can leave half of it.
///
///     keys.pem  our certificate, our key, the authority's key, the authorities, as PEM
///
/// Used by one thread. The directory is one servo's own.
final class DirectoryShelf implements Shelf {
  private static final Logger LOG = LoggerFactory.getLogger(DirectoryShelf.class);

  private static final String KEY_BEGINS = "-----BEGIN PRIVATE KEY-----";
  private static final String KEY_ENDS = "-----END PRIVATE KEY-----\n";
  private static final int PARTS = 3;

  private final Path directory;
  private final Path file;

  DirectoryShelf(Path directory) {
    this.directory = directory;
    this.file = directory.resolve("keys.pem");
  }

  @Override
  public Kept read() throws IOException {
    String text;
    try {
      text = Files.readString(file, UTF_8);
    } catch (NoSuchFileException e) {
      return Kept.NOTHING;
    }
    try {
      return new Kept("", Optional.of(parse(text)));
    } catch (IOException e) {
      LOG.atWarn().setCause(e).addKeyValue("file", file).log("Kept keys are damaged, made anew");
      return Kept.NOTHING;
    }
  }

  /// Survives a crash of the machine when it returns.
  @Override
  public boolean write(KeySet keys, String version) throws IOException {
    Files.createDirectories(
        directory,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Path unfinished = directory.resolve("keys.pem.tmp");
    Files.deleteIfExists(unfinished);
    try (FileChannel channel =
        FileChannel.open(
            unfinished,
            Set.of(CREATE_NEW, WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      ByteBuffer bytes = ByteBuffer.wrap(format(keys).getBytes(UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(unfinished, file, ATOMIC_MOVE);
    try (FileChannel channel = FileChannel.open(directory, READ)) {
      channel.force(true); // the new name itself
    }
    return true;
  }

  private static String format(KeySet keys) {
    return Pem.of(keys.leaf().certificate())
        + Pem.of(keys.leaf().key())
        + Pem.of(keys.authority().key())
        + keys.bundle();
  }

  private KeySet parse(String text) throws IOException {
    String[] parts = text.split(KEY_ENDS, -1);
    if (parts.length != PARTS || !parts[0].contains(KEY_BEGINS)) {
      throw new IOException(
          "%s: expected two private keys among certificates, found %d"
              .formatted(file, parts.length - 1));
    }
    int key = parts[0].indexOf(KEY_BEGINS);
    return KeySet.parse(
        parts[0].substring(0, key),
        parts[0].substring(key) + KEY_ENDS,
        parts[2],
        parts[1] + KEY_ENDS);
  }
}
