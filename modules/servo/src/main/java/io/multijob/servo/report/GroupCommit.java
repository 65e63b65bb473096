package io.multijob.servo.report;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Commits the changes of many callers together: a single one is on disk at once, and under load
/// one sync of the disk serves hundreds.
///
/// Thread-safe. All writing happens on one thread: a platform thread, because a call into SQLite
/// would hold a virtual thread's carrier for as long as the disk takes.
final class GroupCommit implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);

  private static final int MAX_GROUP = 1_000;
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);

  /// How often the size is looked at, at the most.
  private static final long SIZE_PERIOD = Duration.ofSeconds(1).toNanos();

  private final OutboxWriter writer;
  private final PendingCounts pending;
  private final long limit;
  private final Thread thread =
      Thread.ofPlatform().daemon().name("outbox-writer").unstarted(this::run);
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  @GuardedBy("lock")
  private final Queue<Waiting> queue = new ArrayDeque<>();

  @GuardedBy("lock")
  private boolean closed;

  private long sized = System.nanoTime() - SIZE_PERIOD; // used by the writer's thread only

  // Written by the writer's thread only.
  private volatile String problem = "";
  private volatile long bytes;

  /// A change and who waits for it.
  private record Waiting(OutboxChange change, CompletableFuture<@Nullable Void> done) {}

  /// @param writer used by this alone, and closed by it
  /// @param pending told of each change that is committed
  /// @param limit beyond so many bytes no report is taken; what makes the outbox smaller is done
  GroupCommit(OutboxWriter writer, PendingCounts pending, long limit) {
    this.writer = writer;
    this.pending = pending;
    this.limit = limit;
  }

  void start() {
    thread.start();
  }

  /// Makes the change. When this returns, it survives a crash of the machine.
  ///
  /// @throws IOException if it could not be made; nothing has changed then
  /// @throws InterruptedException if the caller is interrupted first; the change may be made or not
  void commit(OutboxChange change) throws IOException, InterruptedException {
    Waiting waiting = new Waiting(change, new CompletableFuture<>());
    lock.lock();
    try {
      if (closed) {
        throw new IOException("the outbox is closed");
      }
      queue.add(waiting);
      changed.signal();
    } finally {
      lock.unlock();
    }
    try {
      waiting.done().get();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IOException("the outbox cannot be written: " + cause.getMessage(), cause);
    }
  }

  /// What is wrong, if the last group could not be written, or none can be any more.
  Optional<String> problem() {
    return Optional.of(problem).filter(text -> !text.isEmpty());
  }

  /// How many bytes of the file hold something, as it was a second ago.
  long bytes() {
    return bytes;
  }

  /// True as long as changes can be committed at all.
  boolean alive() {
    return thread.isAlive();
  }

  /// Commits what is waiting, and ends.
  @Override
  public void close() throws SQLException {
    lock.lock();
    try {
      closed = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
    try {
      if (thread.isAlive() && !thread.join(STOP_TIMEOUT)) {
        LOG.atWarn().addKeyValue("duration", STOP_TIMEOUT).log("Outbox did not stop writing");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    writer.close();
  }

  private void run() {
    try {
      for (List<Waiting> group = take(); !group.isEmpty(); group = take()) {
        write(group);
      }
    } catch (DamagedException e) {
      LOG.atError()
          .addKeyValue("reason", e.getMessage())
          .log("Outbox is damaged, a restart begins a new one");
    } finally {
      rejectLeft();
    }
  }

  /// What is waiting, once something is; nothing at the end.
  private List<Waiting> take() {
    lock.lock();
    try {
      while (queue.isEmpty() && !closed) {
        changed.awaitUninterruptibly();
      }
      List<Waiting> group = new ArrayList<>();
      while (!queue.isEmpty() && group.size() < MAX_GROUP) {
        group.add(queue.remove());
      }
      return group;
    } finally {
      lock.unlock();
    }
  }

  /// The one place that catches everything: no failure of a group may end the writer, unless there
  /// is no working with the file any more.
  private void write(List<Waiting> all) {
    List<Waiting> group = all;
    try {
      group = withinLimit(all);
      pending.add(writer.write(group.stream().map(Waiting::change).toList()));
      if (bytes < limit) {
        problem = "";
      }
      group.forEach(waiting -> waiting.done().complete(null));
    } catch (SQLException | RuntimeException e) {
      problem = String.valueOf(e.getMessage());
      boolean damaged = e instanceof SQLException sql && OutboxFile.damaged(sql);
      if (damaged) {
        refuseMore(); // before anybody learns of it and comes again
      }
      group.forEach(waiting -> waiting.done().completeExceptionally(e));
      if (damaged) {
        throw new DamagedException(e);
      }
    }
  }

  /// All of the group while there is room; else what needs none, and the reports are refused.
  private List<Waiting> withinLimit(List<Waiting> group) throws SQLException {
    if (System.nanoTime() - sized >= SIZE_PERIOD) {
      bytes = writer.usedBytes();
      sized = System.nanoTime();
    }
    if (bytes < limit) {
      return group;
    }
    problem = "it holds %,d bytes, and may hold %,d".formatted(bytes, limit);
    IOException full = new IOException(problem);
    List<Waiting> left = new ArrayList<>();
    for (Waiting waiting : group) {
      if (waiting.change() instanceof OutboxChange.Put
          || waiting.change() instanceof OutboxChange.Keep) {
        waiting.done().completeExceptionally(full);
      } else {
        left.add(waiting);
      }
    }
    return left;
  }

  private void refuseMore() {
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
    }
  }

  private void rejectLeft() {
    List<Waiting> left;
    lock.lock();
    try {
      closed = true;
      left = List.copyOf(queue);
      queue.clear();
    } finally {
      lock.unlock();
    }
    IOException reason = new IOException("the outbox is closed");
    left.forEach(waiting -> waiting.done().completeExceptionally(reason));
  }

  /// Ends the writer.
  private static final class DamagedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DamagedException(Exception cause) {
      super(cause.getMessage(), cause);
    }
  }
}
