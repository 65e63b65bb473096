package io.multijob.servo.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;

/// Changes of annotations that wait to be written, those of a namespace together: of one annotation
/// only the latest. A namespace in which we may not write is left alone for a while.
///
/// Not thread-safe.
final class WaitingChanges {
  private final int places;
  private final Duration denial;
  private final SequencedMap<String, SequencedMap<String, String>> namespaces =
      new LinkedHashMap<>();
  private final Map<String, Instant> denied = new TreeMap<>();
  private int size;

  /// The changes of one namespace, by the names of the annotations.
  record Batch(String namespace, SequencedMap<String, String> changes) {}

  /// @param places how many wait at the most
  /// @param denial how long a namespace in which we may not write is left alone
  WaitingChanges(int places, Duration denial) {
    this.places = places;
    this.denial = denial;
  }

  /// False when there is no place.
  boolean put(String namespace, String annotation, String value) {
    SequencedMap<String, String> changes = namespaces.get(namespace);
    boolean more = changes == null || !changes.containsKey(annotation);
    if (more && size >= places) {
      return false;
    }
    size += more ? 1 : 0;
    namespaces.computeIfAbsent(namespace, name -> new LinkedHashMap<>()).putLast(annotation, value);
    return true;
  }

  /// Whether a change of that annotation waits.
  boolean has(String namespace, String annotation) {
    SequencedMap<String, String> changes = namespaces.get(namespace);
    return changes != null && changes.containsKey(annotation);
  }

  /// Those that waited longest of what can be written now; they wait no more.
  Optional<Batch> next(Instant now) {
    for (String namespace : namespaces.keySet()) {
      if (!until(namespace).isAfter(now)) {
        SequencedMap<String, String> changes = namespaces.remove(namespace);
        size -= changes.size();
        return Optional.of(new Batch(namespace, changes));
      }
    }
    return Optional.empty();
  }

  /// They could not be written: they wait again, unless there is something newer.
  void putBack(Batch batch) {
    SequencedMap<String, String> newer =
        namespaces.computeIfAbsent(batch.namespace(), name -> new LinkedHashMap<>());
    batch
        .changes()
        .forEach((annotation, value) -> {
          if (newer.putIfAbsent(annotation, value) == null) {
            size++;
          }
        });
  }

  /// When there may be a [#next]; nothing while none waits.
  Optional<Instant> nextTime() {
    return namespaces.keySet().stream().map(this::until).min(Instant::compareTo);
  }

  /// We may not write there.
  ///
  /// @return true if that was not known
  boolean deny(String namespace, Instant now) {
    return denied.put(namespace, now.plus(denial)) == null;
  }

  /// We may write there.
  ///
  /// @return true if that was not known
  boolean allow(String namespace) {
    return denied.remove(namespace) != null;
  }

  Set<String> denied() {
    return denied.keySet();
  }

  int size() {
    return size;
  }

  private Instant until(String namespace) {
    return denied.getOrDefault(namespace, Instant.MIN);
  }
}
