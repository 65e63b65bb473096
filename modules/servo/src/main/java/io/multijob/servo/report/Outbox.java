package io.multijob.servo.report;

import io.multijob.servo.report.OutboxReader.SettledReport;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// The reports that the service does not have yet, on disk, and the ids of those that it has.
///
/// A report is taken once: [#put] with an id that is pending, delivered or set aside changes
/// nothing, before and after a restart. What has been put survives a crash at any moment, and
/// leaves only when the service has answered for it.
///
/// Thread-safe. Writes of many threads are committed together ([GroupCommit]); reads never wait for
/// them.
public final class Outbox implements AutoCloseable {
  /// In bytes: a million reports.
  public static final long DEFAULT_LIMIT = 2L << 30;

  private static final int FORGET_GROUP = 1_000;

  private final StateDirectory directory;
  private final OutboxReader reader;
  private final GroupCommit commits;
  private final PendingCounts pending;
  private final InstantSource clock;

  private Outbox(
      StateDirectory directory,
      OutboxReader reader,
      GroupCommit commits,
      PendingCounts pending,
      InstantSource clock) {
    this.directory = directory;
    this.reader = reader;
    this.commits = commits;
    this.pending = pending;
    this.clock = clock;
  }

  /// For how long what was delivered or set aside is remembered at least.
  ///
  /// @param delivered the id alone
  /// @param setAside the whole report: so long a person has to look at it
  public record Retention(Duration delivered, Duration setAside) {
    /// A day for what was delivered, 90 days for what was set aside.
    public static final Retention DEFAULT = new Retention(Duration.ofDays(1), Duration.ofDays(90));
  }

  /// Opens the outbox in `directory` with the limit of [#DEFAULT_LIMIT].
  ///
  /// @throws IOException as [#open(Path, long, InstantSource)]
  public static Outbox open(Path directory, InstantSource clock) throws IOException {
    return open(directory, DEFAULT_LIMIT, clock);
  }

  /// Opens the outbox in `directory`, which is made where there is none. A damaged file is moved
  /// aside whole, and a new one begun.
  ///
  /// @param limit how many bytes it may hold: beyond, no report is taken until some have gone
  /// @throws IOException if the directory cannot be written or is in use, or the file is of a later
  ///   version; the message says which
  public static Outbox open(Path directory, long limit, InstantSource clock) throws IOException {
    StateDirectory taken = StateDirectory.take(directory);
    try {
      SqliteLibrary.load(directory.resolve("native"));
      return open(taken, OutboxFile.prepare(directory, clock), limit, clock);
    } catch (IOException | RuntimeException e) {
      taken.close();
      throw e;
    }
  }

  private static Outbox open(
      StateDirectory directory, OutboxFile file, long limit, InstantSource clock)
      throws IOException {
    try {
      OutboxReader reader = new OutboxReader(file.connect());
      PendingCounts pending = new PendingCounts();
      pending.add(reader.countPending());
      GroupCommit commits = new GroupCommit(new OutboxWriter(file.connect()), pending, limit);
      commits.start();
      return new Outbox(directory, reader, commits, pending, clock);
    } catch (SQLException e) {
      throw new IOException(file.path() + " cannot be used: " + e.getMessage(), e);
    }
  }

  /// Takes the report, unless it is known. When this returns, it survives a crash of the machine.
  ///
  /// @throws IOException if it could not be taken, as on a full disk: it may be put again
  public void put(Report report) throws IOException, InterruptedException {
    commits.commit(new OutboxChange.Put(report, clock.instant()));
  }

  /// Keeps a report that may still get better, unless it is known. It is not delivered before it is
  /// [#put], then as it is put, or [#admitKept] finds that it never will be.
  ///
  /// @throws IOException if it could not be kept, as on a full disk
  public void keep(Report report) throws IOException, InterruptedException {
    commits.commit(new OutboxChange.Keep(report, clock.instant()));
  }

  /// Takes those of the reports that were kept as they are that will not be put any more.
  ///
  /// @param mayBePut true for the id of a report that will be put
  /// @return how many were taken
  public int admitKept(Predicate<String> mayBePut) throws IOException, InterruptedException {
    int admitted = 0;
    for (Report report : reader.kept()) {
      if (!mayBePut.test(report.id())) {
        commits.commit(new OutboxChange.Admit(report));
        admitted++;
      }
    }
    return admitted;
  }

  /// True for the id of a report that is pending, delivered or set aside.
  public boolean knows(String id) throws IOException {
    return reader.knows(id);
  }

  /// True for the id of a report that the service has acknowledged.
  public boolean isDelivered(String id) throws IOException {
    return reader.isDelivered(id);
  }

  /// Forgets what was delivered or set aside longer ago than is worth remembering, except what may
  /// be put again.
  ///
  /// @param mayComeAgain true for the id of a run that the cluster may still show
  /// @return how many were forgotten
  public int forget(Retention retention, Predicate<String> mayComeAgain)
      throws IOException, InterruptedException {
    Instant delivered = clock.instant().minus(retention.delivered());
    Instant setAside = clock.instant().minus(retention.setAside());
    int forgotten = 0;
    SettledReport last = SettledReport.NONE;
    List<SettledReport> page = reader.settled(delivered, setAside, last, FORGET_GROUP);
    while (!page.isEmpty()) {
      List<String> ids = new ArrayList<>();
      for (SettledReport report : page) {
        if (!mayComeAgain.test(report.id())) {
          ids.add(report.id());
        }
      }
      commits.commit(new OutboxChange.Forget(ids));
      forgotten += ids.size();
      last = page.getLast();
      page = reader.settled(delivered, setAside, last, FORGET_GROUP);
    }
    return forgotten;
  }

  /// Takes in what another process has changed ([RefusedReports]).
  ///
  /// @return whether it has added reports
  public boolean adopt() throws IOException, InterruptedException {
    long before = pending.adoptions();
    commits.commit(new OutboxChange.Adopt(pending));
    return pending.adoptions() > before;
  }

  /// How many bytes of the outbox's file hold something, as it was a second ago.
  public long bytes() {
    return commits.bytes();
  }

  /// How many reports the service does not have yet.
  public long pending() {
    return pending.total();
  }

  /// How long the oldest of the pending reports has waited; zero if there is none.
  public Duration oldestAge() throws IOException {
    return reader
        .oldestPending()
        .map(since -> Duration.between(since, clock.instant()))
        .filter(Duration::isPositive)
        .orElse(Duration.ZERO);
  }

  /// How many reports the service has refused.
  public int setAside() throws IOException {
    return reader.countSetAside();
  }

  /// What keeps reports from being taken, if anything does.
  public Optional<String> problem() {
    return commits.problem();
  }

  /// False when no report will be taken any more before the outbox is opened anew.
  public boolean alive() {
    return commits.alive();
  }

  /// The apps that have pending reports.
  Set<String> pendingApps() {
    return pending.apps();
  }

  /// Whether an app has pending reports.
  boolean hasPending(String appId) {
    return pending.has(appId);
  }

  /// The pending reports of an app, the oldest first.
  List<PendingReport> pending(String appId, int limit) throws IOException {
    return reader.pending(appId, limit);
  }

  /// The service has the reports.
  void delivered(List<Report> reports) throws IOException, InterruptedException {
    commits.commit(new OutboxChange.Deliver(reports, clock.instant()));
  }

  /// The service will never take the report.
  void setAside(Report report, String reason) throws IOException, InterruptedException {
    commits.commit(new OutboxChange.SetAside(report, reason, clock.instant()));
  }

  /// Commits what is being put, and lets the directory go. What is put from now on is refused.
  @Override
  public void close() throws IOException {
    try (directory) {
      commits.close();
      reader.close();
    } catch (SQLException e) {
      throw new IOException("the outbox was not closed cleanly: " + e.getMessage(), e);
    }
  }
}
