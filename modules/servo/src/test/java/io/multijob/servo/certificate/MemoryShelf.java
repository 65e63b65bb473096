package io.multijob.servo.certificate;

import java.util.Optional;
import java.util.function.Consumer;

/// A shelf in memory, guarded by versions as the API server guards a Secret.
final class MemoryShelf implements Shelf {
  private Kept kept = Kept.NOTHING;
  private int writes;
  private Consumer<MemoryShelf> beforeWrite = shelf -> {};

  @Override
  public synchronized Kept read() {
    return kept;
  }

  @Override
  public boolean write(KeySet keys, String version) {
    beforeWrite.accept(this);
    return put(keys, version);
  }

  synchronized boolean put(KeySet keys, String version) {
    if (!version.equals(kept.version())) {
      return false;
    }
    writes++;
    kept = new Kept(String.valueOf(writes), Optional.of(keys));
    return true;
  }

  /// Lets something happen between a read and the write after it.
  void beforeWrite(Consumer<MemoryShelf> action) {
    beforeWrite = action;
  }

  synchronized int writes() {
    return writes;
  }
}
