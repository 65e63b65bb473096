package io.multijob.servo.restraint;

import io.multijob.servo.pod.Owner;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What we have done to pods lately, by their owners.
///
/// Not thread-safe: belongs to [Restraints], which guards it by its lock. Bounded: the owners of
/// whose pods one was changed last.
final class MadeChanges {
  static final int MOST_OWNERS = 10_000;

  /// A Job's controller tries a pod that was refused again within ten minutes.
  private static final Duration RECENT = Duration.ofHours(1);

  private final Map<Key, Made> owners = new LinkedHashMap<>();

  private record Key(String namespace, Owner owner) {}

  /// What was done to the pods of one owner.
  ///
  /// @param last when a pod of it was changed last
  record Made(String appId, Set<Change> changes, Instant last) {}

  void note(String namespace, Owner owner, Made made) {
    Key key = new Key(namespace, owner);
    Made before = owners.remove(key);
    Set<Change> all = EnumSet.copyOf(made.changes());
    if (before != null && isRecent(before, made.last())) {
      all.addAll(before.changes());
    }
    owners.put(key, new Made(made.appId(), all, made.last()));
    if (owners.size() > MOST_OWNERS) {
      owners.remove(owners.keySet().iterator().next());
    }
  }

  Optional<Made> of(ObjectRef owner, Instant now) {
    Key key = new Key(owner.namespace(), new Owner(owner.kind(), owner.name()));
    return Optional.ofNullable(owners.get(key)).filter(made -> isRecent(made, now));
  }

  private static boolean isRecent(Made made, Instant now) {
    return made.last().plus(RECENT).isAfter(now);
  }
}
