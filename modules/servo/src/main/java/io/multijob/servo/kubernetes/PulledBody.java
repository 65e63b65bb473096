package io.multijob.servo.kubernetes;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.fabric8.kubernetes.client.http.AsyncBody;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The body of an answer as a stream that pulls: the client library brings the next piece only when
/// all before it have been read, so a reader that is slow slows the sender.
///
/// Read by one thread; closed by any.
final class PulledBody extends InputStream implements AsyncBody.Consumer<List<ByteBuffer>> {
  private final Duration silence;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  @GuardedBy("lock")
  private final Queue<ByteBuffer> pieces = new ArrayDeque<>();

  @GuardedBy("lock")
  private @Nullable AsyncBody source;

  @GuardedBy("lock")
  private @Nullable Throwable failure;

  @GuardedBy("lock")
  private boolean asked;

  @GuardedBy("lock")
  private boolean ended;

  @GuardedBy("lock")
  private boolean closed;

  PulledBody(Duration silence) {
    this.silence = silence;
  }

  /// Takes up the body, whose pieces come to [#consume] from now on.
  void begin(AsyncBody body) {
    lock.lock();
    try {
      source = body;
      asked = false;
    } finally {
      lock.unlock();
    }
    var _ = body.done().whenComplete((nothing, problem) -> end(problem));
  }

  @Override
  public void consume(List<ByteBuffer> arrived, AsyncBody body) {
    lock.lock();
    try {
      pieces.addAll(arrived);
      asked = false;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (length == 0) {
      return 0;
    }
    lock.lock();
    try {
      if (!awaitPiece()) {
        return -1;
      }
      return takeAvailable(into, offset, length);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      InterruptedIOException interrupted = new InterruptedIOException("interrupted while reading");
      interrupted.initCause(e);
      throw interrupted;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    AsyncBody body;
    lock.lock();
    try {
      closed = true;
      pieces.clear();
      body = source;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (body != null) {
      body.cancel();
    }
  }

  private void end(@Nullable Throwable problem) {
    lock.lock();
    try {
      ended = true;
      failure = problem;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// Waits until there is something to take; false at the end of the body.
  @GuardedBy("lock")
  private boolean awaitPiece() throws IOException, InterruptedException {
    long left = silence.toNanos();
    while (true) {
      while (!pieces.isEmpty() && !pieces.element().hasRemaining()) {
        pieces.remove();
      }
      if (closed) {
        throw new IOException("the stream is closed");
      }
      if (!pieces.isEmpty()) {
        return true;
      }
      if (ended) {
        if (failure != null) {
          throw new IOException("the connection broke: " + failure.getMessage(), failure);
        }
        return false;
      }
      if (left <= 0) {
        throw new SocketTimeoutException("nothing came for " + silence.toSeconds() + " s");
      }
      askForMore();
      if (pieces.isEmpty() && !ended) {
        left = changed.awaitNanos(left);
      }
    }
  }

  /// The library may bring the piece within this call, on this thread.
  @GuardedBy("lock")
  private void askForMore() {
    if (!asked && source != null) {
      asked = true;
      source.consume();
    }
  }

  @GuardedBy("lock")
  private int takeAvailable(byte[] into, int offset, int length) {
    int taken = 0;
    while (taken < length && !pieces.isEmpty()) {
      ByteBuffer piece = pieces.element();
      int part = Math.min(length - taken, piece.remaining());
      piece.get(into, offset + taken, part);
      taken += part;
      if (!piece.hasRemaining()) {
        pieces.remove();
      }
    }
    return taken;
  }
}
