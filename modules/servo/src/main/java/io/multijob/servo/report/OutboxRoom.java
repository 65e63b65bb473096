package io.multijob.servo.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How much room is left for reports, by the outbox's limit and on its disk; warns well before
/// there is none.
///
/// Thread-safe; looks are made by one thread.
public final class OutboxRoom {
  private static final Logger LOG = LoggerFactory.getLogger(OutboxRoom.class);

  /// A warning comes when less than this share of the limit is left, or less than that on the disk.
  private static final int SHARE = 4;

  private static final long LITTLE_DISK = 64L << 20;

  private final LongSupplier bytes;
  private final DiskSpace disk;
  private final long limit;

  private volatile String warning = "";

  /// Tells how many bytes a disk has left for us.
  @FunctionalInterface
  interface DiskSpace {
    long left() throws IOException;
  }

  /// @param limit how many bytes the outbox may hold
  public OutboxRoom(Outbox outbox, Path directory, long limit) {
    this(outbox::bytes, () -> Files.getFileStore(directory).getUsableSpace(), limit);
  }

  OutboxRoom(LongSupplier bytes, DiskSpace disk, long limit) {
    this.bytes = bytes;
    this.disk = disk;
    this.limit = limit;
  }

  /// How many bytes can still be stored.
  public long left() throws IOException {
    return Math.max(0, Math.min(limit - bytes.getAsLong(), disk.left()));
  }

  /// What a person should do something about, if there is anything.
  public Optional<String> warning() {
    return Optional.of(warning).filter(text -> !text.isEmpty());
  }

  /// Looks, and warns once where it has become too little.
  void look() throws IOException {
    long left = left();
    long share = limit / SHARE;
    boolean isLittle =
        limit - bytes.getAsLong() < share || disk.left() < Math.min(share, LITTLE_DISK);
    if (isLittle && warning.isEmpty()) {
      LOG.atWarn()
          .addKeyValue("left", left)
          .addKeyValue("used", bytes.getAsLong())
          .addKeyValue("limit", limit)
          .log("Room for reports is running out");
    } else if (!isLittle && !warning.isEmpty()) {
      LOG.atInfo().addKeyValue("left", left).log("There is room for reports again");
    }
    warning = isLittle ? "room for %,d bytes more of reports".formatted(left) : "";
  }
}
