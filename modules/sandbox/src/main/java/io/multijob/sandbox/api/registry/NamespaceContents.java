package io.multijob.sandbox.api.registry;

import io.multijob.sandbox.api.object.ApiError;
import io.multijob.sandbox.api.object.Json;
import io.multijob.sandbox.api.object.Key;
import io.multijob.sandbox.api.object.Meta;
import io.multijob.sandbox.api.object.Resource;
import io.multijob.sandbox.api.store.Stored;
import io.multijob.sandbox.api.store.Transaction;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// What lies in a namespace, and its end: a namespace that is deleted goes with its last object.
final class NamespaceContents {
  private static final Set<String> KEPT = Set.of("default", "kube-system");
  private static final String TERMINATING = "Terminating";
  private static final List<Resource> NAMESPACED =
      Arrays.stream(Resource.values()).filter(Resource::namespaced).toList();

  private final Transaction transaction;
  private final Deletion deletion;

  NamespaceContents(Transaction transaction, Deletion deletion) {
    this.transaction = transaction;
    this.deletion = deletion;
  }

  /// Checks that new objects may be put under `key`.
  ///
  /// @throws ApiError 404 when the namespace is not there, 403 when it is going
  static void requireOpen(Transaction transaction, Resource resource, Key key) {
    Stored namespace =
        transaction
            .get(Resource.NAMESPACES, Key.inCluster(key.namespace()))
            .orElseThrow(() -> ApiError.notFound(Resource.NAMESPACES, key.namespace()));
    if (isTerminating(namespace)) {
      throw ApiError.namespaceTerminating(resource, key);
    }
  }

  /// Asks for the deletion of everything in it.
  Stored delete(ObjectNode namespace) {
    String name = Meta.of(namespace).name();
    if (KEPT.contains(name)) {
      throw ApiError.forbidden(Resource.NAMESPACES, name, "this namespace may not be deleted");
    }
    Json.child(namespace, "status").put("phase", TERMINATING);
    Stored terminating = transaction.put(Resource.NAMESPACES, namespace);
    for (Resource resource : NAMESPACED) {
      for (Stored object : transaction.in(resource, name)) {
        if (transaction.get(resource, object.key()).isPresent()) {
          deletion.delete(resource, object.key(), DeleteOptions.IN_BACKGROUND);
        }
      }
    }
    oneHasGone(name);
    return terminating;
  }

  /// Removes a namespace that is going, if it is empty now.
  void oneHasGone(String namespace) {
    Key key = Key.inCluster(namespace);
    boolean terminating =
        transaction
            .get(Resource.NAMESPACES, key)
            .filter(NamespaceContents::isTerminating)
            .isPresent();
    if (terminating && isEmpty(namespace)) {
      transaction.remove(Resource.NAMESPACES, key);
    }
  }

  private boolean isEmpty(String namespace) {
    return NAMESPACED.stream()
        .noneMatch(resource -> transaction.in(resource, namespace).iterator().hasNext());
  }

  private static boolean isTerminating(Stored namespace) {
    return Json.text(namespace.toJson(), "status", "phase").equals(TERMINATING);
  }
}
