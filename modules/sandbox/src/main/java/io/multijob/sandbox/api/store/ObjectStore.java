package io.multijob.sandbox.api.store;

import io.multijob.sandbox.api.object.ApiError;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/// All objects, their recent history, and who waits for more of it.
///
/// Writers take turns; readers work on snapshots and wait for nobody. A change is in the history
/// before the snapshot that contains it can be seen, so who has listed at a revision and then
/// watches from it misses nothing.
///
/// Thread-safe.
public final class ObjectStore {
  private static final long FIRST_REVISION = 1;

  private final History history;
  private final ReentrantLock writing = new ReentrantLock();
  private final OwnerIndex owners = new OwnerIndex(); // guarded by writing
  private final ReentrantLock waiting = new ReentrantLock();
  private final Condition changed = waiting.newCondition();
  private volatile Snapshot snapshot = Snapshot.emptyAt(FIRST_REVISION);

  /// @param historySize how many changes are remembered
  public ObjectStore(int historySize) {
    this.history = new History(historySize, FIRST_REVISION);
  }

  public Snapshot snapshot() {
    return snapshot;
  }

  /// Everything as it was at `revision`.
  ///
  /// @throws ApiError 410 if that is forgotten, 504 if it is still to come
  public Snapshot snapshotAt(long revision) {
    Snapshot current = snapshot;
    if (revision == current.revision()) {
      return current;
    }
    if (revision > current.revision()) {
      throw ApiError.tooLarge(revision, current.revision());
    }
    return history.snapshot(revision).orElseThrow(() -> ApiError.tooOld(revision, history.floor()));
  }

  /// Runs `work` on the newest state; its writes are seen all at once when it returns, and not at
  /// all when it throws.
  public <T> T write(Function<Transaction, T> work) {
    writing.lock();
    try {
      Transaction transaction = new Transaction(snapshot, owners);
      T result = work.apply(transaction);
      publish(transaction.steps());
      return result;
    } finally {
      writing.unlock();
    }
  }

  /// Runs `work` as [#write] does, and forgets its writes.
  public <T> T rehearse(Function<Transaction, T> work) {
    writing.lock();
    try {
      return work.apply(new Transaction(snapshot, owners));
    } finally {
      writing.unlock();
    }
  }

  /// The change that made `revision`, which must not be newer than the snapshot.
  ///
  /// @throws ApiError 410 if it is forgotten
  public Change change(long revision) {
    Optional<Change> change = history.change(revision);
    return change.orElseThrow(() -> ApiError.tooOld(revision - 1, history.floor()));
  }

  /// Whether every change after `revision` is still known.
  public void requireChangesAfter(long revision) {
    if (revision < history.floor()) {
      throw ApiError.tooOld(revision, history.floor());
    }
  }

  /// Forgets all history, as the real server does with what is older than five minutes.
  public void compact() {
    writing.lock();
    try {
      history.compact(snapshot.revision());
    } finally {
      writing.unlock();
    }
  }

  /// Waits until there is a revision after `revision`, and says whether there is.
  public boolean awaitAfter(long revision, long nanos) throws InterruptedException {
    long left = nanos;
    waiting.lock();
    try {
      while (snapshot.revision() <= revision) {
        if (left <= 0) {
          return false;
        }
        left = changed.awaitNanos(left);
      }
      return true;
    } finally {
      waiting.unlock();
    }
  }

  private void publish(List<Transaction.Step> steps) {
    if (steps.isEmpty()) {
      return;
    }
    for (Transaction.Step step : steps) {
      history.add(step.change(), step.after());
      owners.apply(step.change());
    }
    snapshot = steps.getLast().after();
    waiting.lock();
    try {
      changed.signalAll();
    } finally {
      waiting.unlock();
    }
  }
}
