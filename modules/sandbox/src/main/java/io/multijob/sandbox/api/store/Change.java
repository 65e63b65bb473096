package io.multijob.sandbox.api.store;

import io.multijob.sandbox.api.object.Resource;

/// One step of the store's history. Each makes one revision.
public sealed interface Change {

  Resource resource();

  /// The object as it is now; for one that is gone, as it was, under the revision of its end.
  Stored object();

  default long revision() {
    return object().revision();
  }

  record Added(Resource resource, Stored object) implements Change {}

  record Modified(Resource resource, Stored object, Stored previous) implements Change {}

  record Deleted(Resource resource, Stored object) implements Change {}
}
