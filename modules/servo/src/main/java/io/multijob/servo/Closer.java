package io.multijob.servo;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Closes what was started, in reverse order; a failure of one does not keep the others open.
///
/// Thread-safe. A close may come while things are still being added: what is added after it is
/// closed at once.
final class Closer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Closer.class);

  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private final Deque<AutoCloseable> open = new ArrayDeque<>();

  @GuardedBy("lock")
  private boolean closed;

  /// Closes `closeable` before all that were added earlier.
  ///
  /// @throws IllegalStateException if all is closed already, `closeable` now too
  <T extends AutoCloseable> T add(T closeable) {
    lock.lock();
    try {
      if (!closed) {
        open.push(closeable);
        return closeable;
      }
    } finally {
      lock.unlock();
    }
    close(closeable);
    throw new IllegalStateException("stopped");
  }

  @Override
  public void close() {
    for (Optional<AutoCloseable> next = next(); next.isPresent(); next = next()) {
      close(next.get());
    }
  }

  private Optional<AutoCloseable> next() {
    lock.lock();
    try {
      closed = true;
      return Optional.ofNullable(open.poll());
    } finally {
      lock.unlock();
    }
  }

  private static void close(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) { // declared so by AutoCloseable
      LOG.atWarn().setCause(e).log("Could not be closed cleanly");
    }
  }
}
