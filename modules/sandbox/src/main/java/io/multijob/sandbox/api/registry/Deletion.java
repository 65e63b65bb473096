package io.multijob.sandbox.api.registry;

import io.multijob.sandbox.api.object.ApiError;
import io.multijob.sandbox.api.object.Key;
import io.multijob.sandbox.api.object.Meta;
import io.multijob.sandbox.api.object.Resource;
import io.multijob.sandbox.api.store.Stored;
import io.multijob.sandbox.api.store.Transaction;
import java.time.InstantSource;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Deletes an object, and what goes with it, in one transaction: after its grace period, when its
/// finalizers are gone.
final class Deletion {
  private final Transaction transaction;
  private final InstantSource clock;
  private final Dependents dependents;
  private final NamespaceContents contents;

  Deletion(Transaction transaction, InstantSource clock) {
    this.transaction = transaction;
    this.clock = clock;
    this.dependents = new Dependents(transaction, this);
    this.contents = new NamespaceContents(transaction, this);
  }

  /// Whether nothing keeps an object that is being deleted.
  static boolean isDone(ObjectNode object) {
    Meta meta = Meta.of(object);
    return meta.isDeleting()
        && meta.deletionGracePeriodSeconds() == 0
        && meta.finalizers().isEmpty();
  }

  /// Asks for the deletion of an object and returns it as it is then, or as it was last.
  Stored delete(Resource resource, Key key, DeleteOptions options) {
    Stored current =
        transaction.get(resource, key).orElseThrow(() -> ApiError.notFound(resource, key.name()));
    ObjectNode object = current.toJson();
    ObjectNode before = object.deepCopy();
    options.requireMeant(resource, key, Meta.of(object));
    GracePeriod.mark(resource, object, options.gracePeriodSeconds(), clock.instant());
    Dependents.setFinalizers(resource, Meta.of(object), options.propagation());
    if (object.equals(before)) {
      return current;
    }
    if (resource == Resource.NAMESPACES) {
      return contents.delete(object);
    }
    return isDone(object) ? end(resource, object) : await(resource, object);
  }

  /// Removes an object, and then what waited for that. Returns its last state.
  Stored remove(Resource resource, Key key) {
    Stored last = transaction.remove(resource, key);
    dependents.ownerHasGone(last);
    dependents.dependentHasGone(last);
    contents.oneHasGone(key.namespace());
    return last;
  }

  /// Removes `object` if nothing keeps it any more, writes it otherwise. Returns it as it is now.
  Stored settle(Resource resource, ObjectNode object) {
    if (!isDone(object)) {
      return transaction.put(resource, object);
    }
    Stored last = remove(resource, Meta.of(object).key());
    return Stored.encode(resource, object, last.revision());
  }

  /// Removes an object that an initializer has refused, and with the last state tells why.
  Stored refuse(Resource resource, ObjectNode object) {
    transaction.put(resource, object);
    return remove(resource, Meta.of(object).key());
  }

  /// Deletes an object whose owners have all gone before it came.
  void collectIfAbandoned(Resource resource, Stored stored) {
    if (!stored.traits().owners().isEmpty() && dependents.isAbandoned(stored)) {
      delete(resource, stored.key(), DeleteOptions.IN_BACKGROUND);
    }
  }

  /// A pod is seen with its deletion's time before it is gone, as on the real server.
  private Stored end(Resource resource, ObjectNode object) {
    if (resource == Resource.PODS) {
      transaction.put(resource, object);
    }
    return remove(resource, Meta.of(object).key());
  }

  private Stored await(Resource resource, ObjectNode object) {
    Stored waiting = transaction.put(resource, object);
    dependents.ownerIsDeleting(resource, waiting);
    Optional<Stored> now = transaction.get(resource, waiting.key());
    return now.orElse(waiting);
  }
}
