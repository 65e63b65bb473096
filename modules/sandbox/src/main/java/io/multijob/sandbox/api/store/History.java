package io.multijob.sandbox.api.store;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;

/// The last changes, and the snapshot that each led to, by revision.
///
/// Thread-safe for one writer and any number of readers: as a reader may be overtaken, what it
/// finds under a revision is checked to be of that revision.
final class History {

  /// @param after the snapshot that holds the change and nothing later
  private record Entry(Change change, Snapshot after) {}

  private final AtomicReferenceArray<Entry> entries; // revision r is at r modulo the length
  private volatile long newest;
  private volatile long compacted;

  History(int capacity, long firstRevision) {
    this.entries = new AtomicReferenceArray<>(capacity);
    this.newest = firstRevision;
    this.compacted = firstRevision;
  }

  void add(Change change, Snapshot after) {
    entries.set(slot(change.revision()), new Entry(change, after));
    newest = change.revision();
  }

  /// Forgets the changes up to `revision`.
  void compact(long revision) {
    compacted = Math.max(compacted, revision);
  }

  /// The revision after which every change is still known.
  long floor() {
    return Math.max(compacted, newest - entries.length());
  }

  /// The change that made `revision`, unless it is forgotten.
  Optional<Change> change(long revision) {
    return revision <= floor() ? Optional.empty() : entry(revision).map(Entry::change);
  }

  /// Everything as it was at `revision`, unless it is forgotten.
  Optional<Snapshot> snapshot(long revision) {
    return revision < floor() ? Optional.empty() : entry(revision).map(Entry::after);
  }

  private Optional<Entry> entry(long revision) {
    return Optional.ofNullable(entries.get(slot(revision)))
        .filter(entry -> entry.change.revision() == revision);
  }

  private int slot(long revision) {
    return Math.toIntExact(Math.floorMod(revision, (long) entries.length()));
  }
}
