package io.multijob.servo.stats;

import io.multijob.servo.watch.Scope;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// How far the lists of each scope have come.
///
/// Not thread-safe: belongs to [RunTracker], which guards it by its lock.
final class Listings {
  private final Map<Scope, Listing> listings = new HashMap<>();

  /// One scope's lists.
  static final class Listing {
    private int begun;
    private boolean complete;

    private Listing() {}

    /// How many lists have begun.
    int begun() {
      return begun;
    }
  }

  Listings(Set<Scope> scopes) {
    scopes.forEach(scope -> listings.put(scope, new Listing()));
  }

  void begin(Scope scope) {
    of(scope).begun++;
  }

  /// The list of `scope` that began last is complete.
  Listing complete(Scope scope) {
    Listing listing = of(scope);
    listing.complete = true;
    return listing;
  }

  /// True once every scope has been listed whole.
  boolean allComplete() {
    return listings.values().stream().allMatch(listing -> listing.complete);
  }

  /// The lists that a pod of this namespace is in.
  Optional<Listing> covering(String namespace) {
    for (Map.Entry<Scope, Listing> entry : listings.entrySet()) {
      if (entry.getKey().contains(namespace)) {
        return Optional.of(entry.getValue());
      }
    }
    return Optional.empty();
  }

  private Listing of(Scope scope) {
    Listing listing = listings.get(scope);
    if (listing == null) {
      throw new IllegalArgumentException("not a scope that is watched: " + scope);
    }
    return listing;
  }
}
