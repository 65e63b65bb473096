package io.multijob.servo.stats;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import io.multijob.protocol.PodmonReport;
import io.multijob.protocol.ProtocolException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Figures that podmon has posted for runs whose end has not been seen yet: one file each,
///
///     <directory>/<pod uid>.json         the report as it was posted
///     <directory>/<pod uid>.json.tmp     one that a crash left unfinished; removed at the start
///
/// Bounded: at most [#MAX_REPORTS], and none is kept longer than [#MAX_AGE]. Podmon posts at the
/// end of its pod, so the end of the run is never far from it.
///
/// Thread-safe.
public final class PostedStats {
  private static final Logger LOG = LoggerFactory.getLogger(PostedStats.class);

  static final int MAX_REPORTS = 10_000;
  static final Duration MAX_AGE = Duration.ofHours(1);

  private static final String SUFFIX = ".json";

  private final Path directory;
  private final InstantSource clock;
  private final Map<String, Kept> kept = new ConcurrentHashMap<>();

  private record Kept(PodmonReport report, Instant since) {}

  private PostedStats(Path directory, InstantSource clock) {
    this.directory = directory;
    this.clock = clock;
  }

  /// Opens the store, making the directory where there is none, and reads what is in it.
  public static PostedStats open(Path directory, InstantSource clock) throws IOException {
    Files.createDirectories(directory);
    PostedStats store = new PostedStats(directory, clock);
    for (Path file : store.files()) {
      store.load(file);
    }
    return store;
  }

  /// Keeps the report. When this returns true, it survives a crash of the machine. A later one for
  /// the same pod takes the place of an earlier one.
  ///
  /// @return false when there are too many already
  boolean put(PodmonReport report) throws IOException {
    dropOld();
    if (kept.size() >= MAX_REPORTS && !kept.containsKey(report.id())) {
      return false;
    }
    write(report);
    kept.put(report.id(), new Kept(report, clock.instant()));
    return true;
  }

  Optional<PodmonReport> get(String uid) {
    return Optional.ofNullable(kept.get(uid)).map(Kept::report);
  }

  /// Forgets what was posted for the pod.
  void remove(String uid) {
    if (kept.remove(uid) != null) {
      delete(fileOf(uid));
    }
  }

  private synchronized void write(PodmonReport report) throws IOException {
    Path file = fileOf(report.id());
    Path unfinished = file.resolveSibling(file.getFileName() + ".tmp");
    try (var channel = FileChannel.open(unfinished, CREATE, TRUNCATE_EXISTING, WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(report.json().getBytes(UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(unfinished, file, ATOMIC_MOVE);
    try (var channel = FileChannel.open(directory, READ)) {
      channel.force(true); // the new name itself
    }
  }

  private void dropOld() {
    Instant oldest = clock.instant().minus(MAX_AGE);
    for (Map.Entry<String, Kept> entry : kept.entrySet()) {
      if (entry.getValue().since().isBefore(oldest)) {
        LOG.atWarn().addKeyValue("uid", entry.getKey()).log("Posted figures found no run");
        remove(entry.getKey());
      }
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return new ArrayList<>(files.toList());
    }
  }

  private void load(Path file) throws IOException {
    if (!file.toString().endsWith(SUFFIX)) {
      delete(file);
      return;
    }
    try {
      PodmonReport report = PodmonReport.parse(Files.readAllBytes(file));
      kept.put(report.id(), new Kept(report, clock.instant()));
    } catch (ProtocolException e) {
      LOG.atWarn().setCause(e).addKeyValue("file", file).log("Posted figures cannot be read");
      delete(file);
    }
  }

  private Path fileOf(String uid) {
    return directory.resolve(uid + SUFFIX);
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + file, e);
    }
  }
}
