package io.multijob.servo.conversation;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.multijob.protocol.Command;
import io.multijob.servo.conversation.Kept.Standing;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The last ADJUST of each app, in memory and in a file that survives a restart. Bounded in number
/// and size: the app that was longest silent is forgotten.
///
/// The file is written a moment after a change, beside those who use this: nobody waits for the
/// disk, and without one that can be written all is well until a restart.
///
/// Thread-safe. Writing happens on one thread, a platform thread: the disk would hold a virtual
/// thread's carrier.
public final class KeptAdjustments implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KeptAdjustments.class);

  private static final int MAX_APPS = 10_000;
  private static final long MAX_CHARS = 16L * 1024 * 1024;
  private static final Duration BETWEEN_WRITES = Duration.ofSeconds(1);
  private static final Duration AFTER_FAILURE = Duration.ofSeconds(30);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

  private final KeptFile file;
  private final int maxApps;
  private final long maxChars;
  private final Thread thread =
      Thread.ofPlatform().daemon().name("adjustments-writer").unstarted(this::run);
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  @GuardedBy("lock")
  private final SequencedMap<String, Kept> adjustments = new LinkedHashMap<>(); // last used, last

  @GuardedBy("lock")
  private long chars;

  @GuardedBy("lock")
  private boolean unwritten;

  @GuardedBy("lock")
  private boolean closing;

  private boolean failing; // used by the writer's thread only

  private KeptAdjustments(KeptFile file, int maxApps, long maxChars) {
    this.file = file;
    this.maxApps = maxApps;
    this.maxChars = maxChars;
  }

  /// Those of the file in `directory`. One that is damaged is moved aside, and said.
  public static KeptAdjustments open(Path directory) {
    return open(directory, MAX_APPS, MAX_CHARS);
  }

  static KeptAdjustments open(Path directory, int maxApps, long maxChars) {
    KeptAdjustments kept = new KeptAdjustments(KeptFile.in(directory), maxApps, maxChars);
    kept.load();
    kept.thread.start();
    return kept;
  }

  /// How many apps have one.
  public int size() {
    lock.lock();
    try {
      return adjustments.size();
    } finally {
      lock.unlock();
    }
  }

  /// What a pod of the app would be given without asking the service.
  Optional<Agreement.Adjust> peek(String appId) {
    lock.lock();
    try {
      return Optional.ofNullable(adjustments.get(appId)).map(Kept::toAgreement);
    } finally {
      lock.unlock();
    }
  }

  /// The last one of the app, now given to a pod.
  Optional<Agreement.Adjust> take(String appId) {
    lock.lock();
    try {
      Kept kept = adjustments.get(appId);
      if (kept == null) {
        return Optional.empty();
      }
      put(appId, kept.given());
      return Optional.of(kept.toAgreement());
    } finally {
      lock.unlock();
    }
  }

  /// The one that is for the app's next pod, now given to it.
  Optional<Agreement.Adjust> takeDue(String appId) {
    lock.lock();
    try {
      Kept kept = adjustments.get(appId);
      return kept == null || kept.standing() != Standing.DUE ? Optional.empty() : take(appId);
    } finally {
      lock.unlock();
    }
  }

  /// The service has asked for this, and a pod is given it.
  void given(String appId, Command.Adjust command) {
    put(appId, Kept.of(command, Standing.GIVEN));
  }

  /// The service has asked for this when no pod could be given it.
  void keepForNext(String appId, Command.Adjust command) {
    put(appId, Kept.of(command, Standing.DUE));
  }

  /// This one did not fit: it is not offered again. Nothing changes if it is not the last any more.
  void forget(String appId, Command.Adjust command) {
    lock.lock();
    try {
      Kept kept = adjustments.get(appId);
      if (kept != null && kept.command().equals(command)) {
        remove(appId);
        noteChange();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Writes what is not written yet.
  @Override
  public void close() {
    lock.lock();
    try {
      closing = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      if (!thread.join(STOP_TIMEOUT)) {
        LOG.atWarn().log("Adjustments could not be written before the stop");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void load() {
    lock.lock();
    try {
      file.read().forEach(this::put);
      unwritten = false;
    } finally {
      lock.unlock();
    }
  }

  private void put(String appId, Kept kept) {
    lock.lock();
    try {
      Optional<Kept> before = remove(appId);
      adjustments.put(appId, kept);
      chars += length(appId, kept);
      while (adjustments.size() > maxApps || chars > maxChars) {
        Optional<Kept> _ = remove(adjustments.firstEntry().getKey());
      }
      if (!before.equals(Optional.of(kept))) {
        noteChange();
      }
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private Optional<Kept> remove(String appId) {
    Kept removed = adjustments.remove(appId);
    if (removed != null) {
      chars -= length(appId, removed);
    }
    return Optional.ofNullable(removed);
  }

  private static long length(String appId, Kept kept) {
    return (long) appId.length() + kept.json().length();
  }

  @GuardedBy("lock")
  private void noteChange() {
    unwritten = true;
    changed.signalAll();
  }

  private void run() {
    try {
      for (Optional<Map<String, Kept>> next = next(); next.isPresent(); next = next()) {
        rest(write(next.get()) ? BETWEEN_WRITES : AFTER_FAILURE);
      }
    } catch (InterruptedException e) {
      LOG.atDebug().log("Adjustments are not written any more");
    }
  }

  /// What is to be written, once there is something; nothing at the end.
  private Optional<Map<String, Kept>> next() throws InterruptedException {
    lock.lock();
    try {
      while (!unwritten && !closing) {
        changed.await();
      }
      if (!unwritten) {
        return Optional.empty();
      }
      unwritten = false;
      return Optional.of(new LinkedHashMap<>(adjustments));
    } finally {
      lock.unlock();
    }
  }

  /// The one place that catches everything: no failure of the disk may end the loop.
  private boolean write(Map<String, Kept> snapshot) {
    try {
      file.write(snapshot);
      failing = false;
      return true;
    } catch (IOException | RuntimeException e) {
      if (!failing) {
        LOG.atWarn()
            .setCause(e)
            .addKeyValue("file", file.path())
            .log("Adjustments cannot be written, a restart would forget them");
      }
      failing = true;
      keepUnwritten();
      return false;
    }
  }

  private void keepUnwritten() {
    lock.lock();
    try {
      unwritten = !closing;
    } finally {
      lock.unlock();
    }
  }

  private void rest(Duration pause) throws InterruptedException {
    lock.lock();
    try {
      long left = pause.toNanos();
      while (left > 0 && !closing) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }
}
