package io.multijob.e2e.chaos.ledger;

import java.util.List;
import java.util.Map;

/// What the trial found.
///
/// @param runs all of them, one for each pod
/// @param reported those of which the service has a report
/// @param lost those that had to be reported and were not
/// @param doubled those that the service counts more than once, and reports of what was no run
/// @param repeats reports that came again under the same key
/// @param unseen of which nobody could know, by why; those that were reported all the same among
///   them
public record Verdict(
    long runs,
    long reported,
    List<PodHistory> lost,
    List<String> doubled,
    Repeats repeats,
    Map<Finding, Unseen> unseen) {

  public Verdict {
    lost = List.copyOf(lost);
    doubled = List.copyOf(doubled);
    unseen = Map.copyOf(unseen);
  }

  /// Reports that came again under the same key.
  ///
  /// @param all how many
  /// @param amended how many of them with another content; a service that counts by key keeps the
  ///   first
  public record Repeats(long all, long amended) {}

  /// Runs that nobody could know of.
  ///
  /// @param runs how many
  /// @param reported how many of them were reported all the same
  public record Unseen(long runs, long reported) {
    Unseen plus(Unseen other) {
      return new Unseen(runs + other.runs, reported + other.reported);
    }
  }

  /// How many runs must have been reported, or were: all but those that nobody could know of and
  /// nobody told.
  public long expected() {
    return reported + lost.size();
  }

  /// How many of the expected ones were to be reported whatever happened; the others nobody could
  /// be blamed for, and they were.
  public long due() {
    return runs - unseen.values().stream().mapToLong(Unseen::runs).sum();
  }

  public boolean passed() {
    return lost.isEmpty() && doubled.isEmpty();
  }
}
