package io.multijob.e2e.chaos.fault;

import io.multijob.e2e.chaos.ledger.CourseRecord;
import io.multijob.e2e.servo.ServoProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// The servo of the trial: one process after another, of which the course is taken down.
///
/// One thread at a time starts and kills; others may look.
public final class TrialServo implements AutoCloseable {
  private static final Duration READY = Duration.ofMinutes(2);
  private static final String RESIDENT = "VmRSS:";
  private static final Duration LOOK = Duration.ofMillis(25);

  private final Path directory;
  private final Map<String, String> settings;
  private final CourseRecord course;
  private final InstantSource clock;
  private final AtomicInteger kills = new AtomicInteger();
  private final ConcurrentLinkedQueue<String> problems = new ConcurrentLinkedQueue<>();
  private volatile Standing standing;

  /// A process, and the number of its life.
  private record Standing(int number, ServoProcess process, Condition condition) {
    Standing ready() {
      return new Standing(number, process, Condition.READY);
    }

    Standing down() {
      return new Standing(number, process, Condition.DOWN);
    }
  }

  /// What a servo does.
  public enum Condition {
    STARTING,
    READY,
    DOWN
  }

  private TrialServo(
      Path directory,
      Map<String, String> settings,
      CourseRecord course,
      InstantSource clock,
      Standing standing) {
    this.directory = directory;
    this.settings = Map.copyOf(settings);
    this.course = course;
    this.clock = clock;
    this.standing = standing;
  }

  /// Starts the first one.
  public static TrialServo start(
      Path directory, Map<String, String> settings, CourseRecord course, InstantSource clock)
      throws IOException {
    return new TrialServo(
        directory, settings, course, clock, standing(directory, settings, course, clock));
  }

  private static Standing standing(
      Path directory, Map<String, String> settings, CourseRecord course, InstantSource clock)
      throws IOException {
    int number = course.started(clock.instant());
    return new Standing(number, ServoProcess.start(directory, settings), Condition.STARTING);
  }

  /// Where all of them log to.
  public Path log() {
    return directory.resolve("servo.log");
  }

  public int kills() {
    return kills.get();
  }

  /// What no servo should do; empty when all is well.
  public List<String> problems() {
    return List.copyOf(problems);
  }

  public Condition condition() {
    return standing.condition();
  }

  /// Which one it is, counted from 1.
  public int number() {
    return standing.number();
  }

  /// Kills it with -9.
  void kill() throws InterruptedException {
    course.killed(clock.instant());
    if (!standing.process().isAlive()) {
      problems.add("servo %d had ended by itself".formatted(number()));
    }
    standing.process().kill();
    standing = standing.down();
    kills.incrementAndGet();
  }

  /// Empties the directory of its state, with the outbox.
  void emptyState() throws IOException {
    Path state = directory.resolve("state");
    if (!Files.exists(state)) {
      return;
    }
    try (Stream<Path> files = Files.walk(state)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /// Starts the next one, after a kill.
  void startAgain() throws IOException {
    standing = standing(directory, settings, course, clock);
  }

  /// Waits until it has listed the pods. One that ends by itself meanwhile is started again.
  ///
  /// @throws IOException if it is not ready for minutes
  public void awaitReady() throws IOException, InterruptedException {
    long end = System.nanoTime() + READY.toNanos();
    while (!isReady()) {
      if (System.nanoTime() > end) {
        throw new IOException("servo %d was not ready within %s".formatted(number(), READY));
      }
      if (!standing.process().isAlive()) {
        problems.add("servo %d ended by itself before it was ready".formatted(number()));
        course.killed(clock.instant());
        startAgain();
      }
      Thread.sleep(LOOK);
    }
    course.ready(clock.instant());
    standing = standing.ready();
  }

  /// How many watches this one has begun; nothing if that cannot be learnt.
  OptionalDouble watchesBegun() throws InterruptedException {
    return metric("servo_watch_begun_total");
  }

  /// How many reports the service does not have yet; nothing if that cannot be learnt.
  public OptionalDouble pending() throws InterruptedException {
    return metric("servo_outbox_pending");
  }

  /// How much memory of the machine it uses; nothing if it has ended.
  public OptionalLong residentBytes() {
    Path status = Path.of("/proc", Long.toString(standing.process().pid()), "status");
    try {
      for (String line : Files.readAllLines(status)) {
        if (line.startsWith(RESIDENT)) {
          String kibibytes = line.substring(RESIDENT.length()).replace("kB", "").strip();
          return OptionalLong.of(Long.parseLong(kibibytes) << 10);
        }
      }
      return OptionalLong.empty();
    } catch (IOException e) {
      return OptionalLong.empty(); // it was killed
    }
  }

  /// Stops it in an orderly way.
  ///
  /// @return its exit code
  public int terminate() throws InterruptedException {
    return standing.process().terminate();
  }

  @Override
  public void close() {
    standing.process().close();
  }

  private OptionalDouble metric(String name) throws InterruptedException {
    try {
      return OptionalDouble.of(standing.process().metric(name, ""));
    } catch (IOException e) {
      return OptionalDouble.empty(); // it starts, or was killed
    }
  }

  private boolean isReady() throws InterruptedException {
    try {
      return standing.process().get("/readyz").status() == 200;
    } catch (IOException e) {
      return false; // it does not listen yet
    }
  }
}
