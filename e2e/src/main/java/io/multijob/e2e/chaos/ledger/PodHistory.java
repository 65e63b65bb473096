package io.multijob.e2e.chaos.ledger;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/// One pod of the trial.
///
/// @param kind what was meant to become of it, for who reads its history
/// @param acts what was done with it so far; a pod was created at least
public record PodHistory(
    String uid, String name, String kind, Map<Act, Span> acts, Holding holding) {

  /// Whether a finalizer of the servo's kept the pod when it was deleted.
  public enum Holding {
    FREE,
    HELD
  }

  public PodHistory {
    if (!acts.containsKey(Act.CREATED)) {
      throw new IllegalArgumentException("pod " + name + " was never created");
    }
    acts = Map.copyOf(acts);
  }

  static PodHistory created(String uid, String name, String kind, Span span) {
    return new PodHistory(uid, name, kind, Map.of(Act.CREATED, span), Holding.FREE);
  }

  PodHistory with(Act act, Span span) {
    Map<Act, Span> more = new EnumMap<>(acts);
    more.put(act, span);
    return new PodHistory(uid, name, kind, more, holding);
  }

  PodHistory held() {
    return new PodHistory(uid, name, kind, acts, Holding.HELD);
  }

  Optional<Span> at(Act act) {
    return Optional.ofNullable(acts.get(act));
  }

  /// From when on anybody who looked had seen it.
  Instant visibleFrom() {
    return at(Act.CREATED).orElseThrow().done();
  }

  /// Until when anybody who looked had seen it; [Instant#MAX] for one that is still there.
  Instant visibleUntil() {
    return at(Act.DELETED).map(Span::asked).orElse(Instant.MAX);
  }

  /// From when on its run was over for anybody who looked: its status said so, or it was gone.
  /// [Instant#MAX] for one that still runs.
  Instant over() {
    Instant ended = at(Act.ENDED).map(Span::done).orElse(Instant.MAX);
    Instant gone = at(Act.DELETED).map(Span::done).orElse(Instant.MAX);
    return ended.isBefore(gone) ? ended : gone;
  }
}
