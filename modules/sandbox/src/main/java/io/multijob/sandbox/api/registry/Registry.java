package io.multijob.sandbox.api.registry;

import io.multijob.sandbox.api.object.ApiError;
import io.multijob.sandbox.api.object.FieldError;
import io.multijob.sandbox.api.object.Key;
import io.multijob.sandbox.api.object.Meta;
import io.multijob.sandbox.api.object.Resource;
import io.multijob.sandbox.api.object.Timestamps;
import io.multijob.sandbox.api.rules.MetaRules;
import io.multijob.sandbox.api.rules.Rules;
import io.multijob.sandbox.api.store.ObjectStore;
import io.multijob.sandbox.api.store.Stored;
import io.multijob.sandbox.api.store.Transaction;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/// Creates, changes and deletes objects. Thread-safe.
public final class Registry {
  private final ObjectStore store;
  private final InstantSource clock;

  public Registry(ObjectStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  public Stored get(Resource resource, Key key) {
    return store
        .snapshot()
        .get(resource, key)
        .orElseThrow(() -> ApiError.notFound(resource, key.name()));
  }

  /// Creates `object`, which is completed in place.
  ///
  /// @param namespace empty for an object of the cluster
  /// @throws ApiError if it is invalid, there already, or its namespace takes nothing new
  public Stored create(Resource resource, String namespace, ObjectNode object, WriteMode mode) {
    Meta meta = Meta.of(object);
    if (!meta.resourceVersion().isEmpty()) {
      throw ApiError.internal("resourceVersion should not be set on objects to be created");
    }
    if (!namespace.isEmpty()) {
      meta.document().put("namespace", namespace);
    }
    return write(mode, transaction -> create(transaction, resource, object));
  }

  /// Changes the object under `key`: `change` is given it as it is and makes it what it is to be.
  ///
  /// @throws ApiError if there is none, the result is invalid, or it names another version than the
  ///   current one
  public Stored update(
      Resource resource, Key key, Part part, Consumer<ObjectNode> change, WriteMode mode) {
    return write(mode, transaction -> update(transaction, resource, key, part, change));
  }

  /// Asks for the deletion of an object and returns it as it is then, or as it was last.
  public Stored delete(Resource resource, Key key, DeleteOptions options) {
    return write(
        options.mode(),
        transaction -> new Deletion(transaction, clock).delete(resource, key, options));
  }

  private <T> T write(WriteMode mode, Function<Transaction, T> work) {
    return switch (mode) {
      case COMMIT -> store.write(work);
      case DRY_RUN -> store.rehearse(work);
    };
  }

  private Stored create(Transaction transaction, Resource resource, ObjectNode object) {
    Meta meta = Meta.of(object);
    if (resource.namespaced()) {
      NamespaceContents.requireOpen(transaction, resource, meta.key());
    }
    if (meta.name().isEmpty() && meta.document().has("generateName")) {
      meta.document().put("name", GeneratedName.unused(transaction, resource, meta));
    }
    complete(resource, meta);
    meta.settleInitializers();
    Rules rules = Rules.of(resource);
    rules.prepareNew(object);
    requireValid(resource, meta, rules.validate(object));
    requireAbsent(transaction, resource, meta);
    Stored stored = transaction.put(resource, object);
    new Deletion(transaction, clock).collectIfAbandoned(resource, stored);
    return stored;
  }

  private static void requireAbsent(Transaction transaction, Resource resource, Meta meta) {
    Optional<Stored> there = transaction.get(resource, meta.key());
    if (there.isPresent()) {
      throw Meta.of(there.get().toJson()).isDeleting()
          ? ApiError.stillExists(resource, meta.name())
          : ApiError.alreadyExists(resource, meta.name());
    }
  }

  private void complete(Resource resource, Meta meta) {
    meta.document()
        .remove(
            List.of(
                "deletionTimestamp", "deletionGracePeriodSeconds", "managedFields", "selfLink"));
    meta.document()
        .put("uid", UUID.randomUUID().toString())
        .put("creationTimestamp", Timestamps.format(clock.instant()));
    if (Rules.of(resource).countsGenerations()) {
      meta.document().put("generation", 1);
    } else {
      meta.document().remove("generation");
    }
  }

  private Stored update(
      Transaction transaction, Resource resource, Key key, Part part, Consumer<ObjectNode> change) {
    Stored stored =
        transaction.get(resource, key).orElseThrow(() -> ApiError.notFound(resource, key.name()));
    ObjectNode current = stored.toJson();
    ObjectNode updated = current.deepCopy();
    change.accept(updated);
    ObjectUpdate update = new ObjectUpdate(resource, current, updated);
    update.requireSameObject();
    update.prepare(part);
    requireValid(resource, Meta.of(updated), update.errors(part));
    if (updated.equals(current)) {
      return stored;
    }
    Deletion deletion = new Deletion(transaction, clock);
    return Meta.of(updated).isRefused()
        ? deletion.refuse(resource, updated)
        : deletion.settle(resource, updated);
  }

  private static void requireValid(Resource resource, Meta meta, List<FieldError> more) {
    List<FieldError> errors = new ArrayList<>(MetaRules.validate(resource, meta));
    errors.addAll(more);
    if (!errors.isEmpty()) {
      throw ApiError.invalid(resource, meta.name(), errors);
    }
  }
}
