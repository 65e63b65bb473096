package io.multijob.sandbox.api.store;

import io.multijob.sandbox.api.object.Key;
import io.multijob.sandbox.api.object.Resource;
import java.util.EnumMap;
import java.util.Optional;

/// Everything in the store at one revision. Immutable.
public final class Snapshot {
  private final long revision;
  private final EnumMap<Resource, Tree> trees; // never changed

  private Snapshot(long revision, EnumMap<Resource, Tree> trees) {
    this.revision = revision;
    this.trees = trees;
  }

  static Snapshot emptyAt(long revision) {
    return new Snapshot(revision, new EnumMap<>(Resource.class));
  }

  public long revision() {
    return revision;
  }

  public Tree objects(Resource resource) {
    return trees.getOrDefault(resource, Tree.EMPTY);
  }

  public Optional<Stored> get(Resource resource, Key key) {
    return objects(resource).get(key);
  }

  /// The snapshot after a change of one object.
  Snapshot next(Resource resource, Tree tree) {
    EnumMap<Resource, Tree> changed = new EnumMap<>(trees);
    changed.put(resource, tree);
    return new Snapshot(revision + 1, changed);
  }
}
