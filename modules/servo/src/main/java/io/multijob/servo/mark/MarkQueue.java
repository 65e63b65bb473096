package io.multijob.servo.mark;

import io.multijob.servo.pod.PodRef;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// The marks that wait, one for each pod, in the order in which they came. Those of a namespace in
/// which we may not patch wait until one of them could be written.
///
/// Not thread-safe.
final class MarkQueue {
  private final int places;
  private final Duration denial;
  private final SequencedMap<String, MarkTask> ready = new LinkedHashMap<>();
  private final Map<String, Denied> denied = new HashMap<>();
  private int parked;

  /// The marks of a namespace in which we may not patch.
  private static final class Denied {
    final SequencedMap<String, MarkTask> tasks = new LinkedHashMap<>();
    Instant until = Instant.MIN;
  }

  /// @param places how many wait at the most
  /// @param denial how long a namespace in which we may not patch is left alone
  MarkQueue(int places, Duration denial) {
    this.places = places;
    this.denial = denial;
  }

  /// False when there is no place.
  boolean put(MarkTask task) {
    Denied namespace = denied.get(task.pod().namespace());
    SequencedMap<String, MarkTask> tasks = namespace == null ? ready : namespace.tasks;
    String uid = task.pod().uid();
    MarkTask before = tasks.get(uid);
    if (before == null) {
      if (size() >= places) {
        return false;
      }
      parked += namespace == null ? 0 : 1;
    }
    if (before == null || before.mark().compareTo(task.mark()) < 0) {
      tasks.put(uid, task);
    }
    return true;
  }

  /// The next that can be tried; it waits no longer.
  Optional<MarkTask> next(Instant now) {
    for (Denied namespace : denied.values()) {
      if (!namespace.until.isAfter(now) && !namespace.tasks.isEmpty()) {
        namespace.until = now.plus(denial); // one at a time
        parked--;
        return Optional.of(namespace.tasks.pollFirstEntry().getValue());
      }
    }
    return Optional.ofNullable(ready.pollFirstEntry()).map(Map.Entry::getValue);
  }

  /// Whether some wait for nothing but their turn.
  boolean hasReady() {
    return !ready.isEmpty();
  }

  /// When there may be a [#next]; nothing while none waits.
  Optional<Instant> nextTime() {
    if (!ready.isEmpty()) {
      return Optional.of(Instant.MIN);
    }
    return denied.values().stream()
        .filter(namespace -> !namespace.tasks.isEmpty())
        .map(namespace -> namespace.until)
        .min(Instant::compareTo);
  }

  /// We may not patch pods of the task's namespace.
  ///
  /// @return true if that was not known
  boolean denied(MarkTask task, Instant now) {
    String name = task.pod().namespace();
    boolean news = !denied.containsKey(name);
    Denied namespace = denied.computeIfAbsent(name, key -> new Denied());
    namespace.until = now.plus(denial);
    if (news) {
      park(namespace, name);
    }
    put(task);
    return news;
  }

  private void park(Denied namespace, String name) {
    var tasks = ready.values().iterator();
    while (tasks.hasNext()) {
      MarkTask task = tasks.next();
      if (task.pod().namespace().equals(name)) {
        tasks.remove();
        namespace.tasks.put(task.pod().uid(), task);
        parked++;
      }
    }
  }

  /// We may patch there.
  ///
  /// @return true if that was not known
  boolean allowed(PodRef pod) {
    Denied namespace = denied.remove(pod.namespace());
    if (namespace == null) {
      return false;
    }
    parked -= namespace.tasks.size();
    ready.putAll(namespace.tasks);
    return true;
  }

  /// How many namespaces do not let us patch.
  Map<String, Integer> deniedNamespaces() {
    Map<String, Integer> waiting = new HashMap<>();
    denied.forEach((name, namespace) -> waiting.put(name, namespace.tasks.size()));
    return waiting;
  }

  int size() {
    return ready.size() + parked;
  }
}
