package io.multijob.sandbox.api.store;

import io.multijob.sandbox.api.object.Key;
import io.multijob.sandbox.api.object.Meta;
import io.multijob.sandbox.api.object.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Reads and writes that happen together or not at all. Used by one thread, which holds the store's
/// lock.
public final class Transaction {

  /// A change and the snapshot after it.
  record Step(Change change, Snapshot after) {}

  private final OwnerIndex owners;
  private final List<Step> steps = new ArrayList<>();
  private Snapshot snapshot; // with the steps so far

  Transaction(Snapshot snapshot, OwnerIndex owners) {
    this.snapshot = snapshot;
    this.owners = owners;
  }

  public Optional<Stored> get(Resource resource, Key key) {
    return snapshot.get(resource, key);
  }

  /// The objects of a namespace, as they are now.
  public Iterable<Stored> in(Resource resource, String namespace) {
    return snapshot.objects(resource).in(namespace);
  }

  /// The objects that name this owner.
  public List<Ref> dependents(String ownerUid) {
    return owners.dependents(ownerUid).stream()
        .filter(ref ->
            get(ref.resource(), ref.key())
                .filter(object -> object.traits().owners().contains(ownerUid))
                .isPresent())
        .toList();
  }

  /// Writes `object` under the name in its metadata, giving it the next revision.
  public Stored put(Resource resource, ObjectNode object) {
    Optional<Stored> previous = get(resource, Meta.of(object).key());
    Stored next = Stored.encode(resource, object, snapshot.revision() + 1);
    Tree tree = snapshot.objects(resource).with(next);
    step(
        previous.isPresent()
            ? new Change.Modified(resource, next, previous.get())
            : new Change.Added(resource, next),
        tree);
    return next;
  }

  /// Removes the object of this key and returns its last state, under the revision of its end.
  ///
  /// @throws IllegalArgumentException if there is none
  public Stored remove(Resource resource, Key key) {
    Stored last =
        get(resource, key)
            .orElseThrow(() -> new IllegalArgumentException("no " + resource + " " + key))
            .at(resource, snapshot.revision() + 1);
    step(new Change.Deleted(resource, last), snapshot.objects(resource).without(key));
    return last;
  }

  List<Step> steps() {
    return List.copyOf(steps);
  }

  private void step(Change change, Tree tree) {
    snapshot = snapshot.next(change.resource(), tree);
    steps.add(new Step(change, snapshot));
  }
}
