package io.multijob.sandbox.api.registry;

import io.multijob.sandbox.api.object.Key;
import io.multijob.sandbox.api.object.Meta;
import io.multijob.sandbox.api.object.Resource;
import io.multijob.sandbox.api.registry.DeleteOptions.Propagation;
import io.multijob.sandbox.api.store.Ref;
import io.multijob.sandbox.api.store.Stored;
import io.multijob.sandbox.api.store.Transaction;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// What becomes of objects when their owners go, and of owners that wait for theirs.
///
/// The garbage collector of the real server works some time later; here its work is part of the
/// deletion: dependents are deleted or let go at once, and an owner that waits for them goes with
/// the last one.
///
/// @see <a href="https://kubernetes.io/docs/concepts/architecture/garbage-collection/">Garbage
///   Collection</a>
final class Dependents {
  private static final String ORPHAN = "orphan";
  private static final String FOREGROUND = "foregroundDeletion";

  private final Transaction transaction;
  private final Deletion deletion;

  Dependents(Transaction transaction, Deletion deletion) {
    this.transaction = transaction;
    this.deletion = deletion;
  }

  /// Notes on an object that is to be deleted what it waits for.
  static void setFinalizers(Resource resource, Meta meta, Propagation asked) {
    switch (defaulted(resource, asked)) {
      case UNSAID -> {}
      case ORPHAN -> {
        meta.removeFinalizer(FOREGROUND);
        meta.addFinalizer(ORPHAN);
      }
      case FOREGROUND -> {
        meta.removeFinalizer(ORPHAN);
        meta.addFinalizer(FOREGROUND);
      }
      case BACKGROUND -> {
        meta.removeFinalizer(ORPHAN);
        meta.removeFinalizer(FOREGROUND);
      }
    }
  }

  /// Lets go or deletes what belongs to an object that waits for that.
  void ownerIsDeleting(Resource resource, Stored owner) {
    Meta meta = Meta.of(owner.toJson());
    if (meta.finalizers().contains(ORPHAN)) {
      transaction.dependents(owner.uid()).forEach(ref -> orphan(ref, owner.uid()));
      release(resource, owner.key(), ORPHAN);
    } else if (meta.finalizers().contains(FOREGROUND)) {
      for (Ref ref : transaction.dependents(owner.uid())) {
        deletion.delete(ref.resource(), ref.key(), DeleteOptions.IN_BACKGROUND);
      }
      releaseUnlessBlocked(resource, owner.key(), owner.uid());
    }
  }

  /// Deletes what belonged to `owner` alone.
  void ownerHasGone(Stored owner) {
    for (Ref ref : transaction.dependents(owner.uid())) {
      ObjectNode dependent = read(ref);
      Meta meta = Meta.of(dependent);
      if (meta.owners().stream().anyMatch(other -> exists(meta.namespace(), other))) {
        meta.removeOwner(owner.uid());
        transaction.put(ref.resource(), dependent);
      } else {
        deletion.delete(ref.resource(), ref.key(), DeleteOptions.IN_BACKGROUND);
      }
    }
  }

  /// Lets owners go that waited for `dependent` only.
  void dependentHasGone(Stored dependent) {
    if (dependent.traits().owners().isEmpty()) {
      return;
    }
    Meta meta = Meta.of(dependent.toJson());
    for (Meta.Owner owner : meta.owners()) {
      find(meta.namespace(), owner)
          .ifPresent(ref -> releaseUnlessBlocked(ref.resource(), ref.key(), owner.uid()));
    }
  }

  /// Whether an object names owners of kinds served here, and none of them is there.
  boolean isAbandoned(Stored object) {
    Meta meta = Meta.of(object.toJson());
    return meta.owners().stream()
        .allMatch(owner ->
            Resource.ofKind(owner.apiVersion(), owner.kind()).isPresent()
                && !exists(meta.namespace(), owner));
  }

  /// A Job that is deleted without a word leaves its pods behind, as in its API's first days.
  private static Propagation defaulted(Resource resource, Propagation asked) {
    return resource == Resource.JOBS && asked == Propagation.UNSAID ? Propagation.ORPHAN : asked;
  }

  private void orphan(Ref ref, String ownerUid) {
    ObjectNode dependent = read(ref);
    Meta.of(dependent).removeOwner(ownerUid);
    transaction.put(ref.resource(), dependent);
  }

  private void releaseUnlessBlocked(Resource resource, Key key, String uid) {
    boolean blocked =
        transaction.dependents(uid).stream()
            .flatMap(ref -> Meta.of(read(ref)).owners().stream())
            .anyMatch(owner -> owner.uid().equals(uid) && owner.blocks());
    if (!blocked) {
      release(resource, key, FOREGROUND);
    }
  }

  private void release(Resource resource, Key key, String finalizer) {
    Optional<ObjectNode> owner = transaction.get(resource, key).map(Stored::toJson);
    if (owner.isPresent() && Meta.of(owner.get()).finalizers().contains(finalizer)) {
      Meta.of(owner.get()).removeFinalizer(finalizer);
      deletion.settle(resource, owner.get());
    }
  }

  private boolean exists(String namespace, Meta.Owner owner) {
    return find(namespace, owner).isPresent();
  }

  private Optional<Ref> find(String namespace, Meta.Owner owner) {
    return Resource.ofKind(owner.apiVersion(), owner.kind())
        .map(resource -> new Ref(resource, ownerKey(resource, namespace, owner.name())))
        .filter(ref ->
            transaction
                .get(ref.resource(), ref.key())
                .filter(stored -> stored.uid().equals(owner.uid()))
                .isPresent());
  }

  private ObjectNode read(Ref ref) {
    return transaction.get(ref.resource(), ref.key()).orElseThrow().toJson();
  }

  private static Key ownerKey(Resource resource, String namespace, String name) {
    return new Key(resource.namespaced() ? namespace : "", name);
  }
}
