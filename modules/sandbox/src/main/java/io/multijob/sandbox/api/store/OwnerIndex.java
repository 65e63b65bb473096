package io.multijob.sandbox.api.store;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// Which objects belong to which, by the owner's uid. Guarded by the store's lock.
final class OwnerIndex {
  private final Map<String, Set<Ref>> dependents = new HashMap<>();

  Set<Ref> dependents(String ownerUid) {
    return Set.copyOf(dependents.getOrDefault(ownerUid, Set.of()));
  }

  void apply(Change change) {
    switch (change) {
      case Change.Added added -> add(added, added.object());
      case Change.Modified modified -> {
        if (!modified.object().traits().owners().equals(modified.previous().traits().owners())) {
          remove(modified, modified.previous());
          add(modified, modified.object());
        }
      }
      case Change.Deleted deleted -> remove(deleted, deleted.object());
    }
  }

  private void add(Change change, Stored object) {
    for (String owner : object.traits().owners()) {
      dependents
          .computeIfAbsent(owner, absent -> new HashSet<>())
          .add(new Ref(change.resource(), object.key()));
    }
  }

  private void remove(Change change, Stored object) {
    for (String owner : object.traits().owners()) {
      dependents.computeIfPresent(
          owner,
          (uid, refs) -> {
            refs.remove(new Ref(change.resource(), object.key()));
            return refs.isEmpty() ? null : refs;
          });
    }
  }
}
