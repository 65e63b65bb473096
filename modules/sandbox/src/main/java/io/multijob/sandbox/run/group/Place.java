package io.multijob.sandbox.run.group;

import java.util.List;
import java.util.Optional;

/// Where groups of ours can be made on this machine.
///
/// @param hierarchies empty where none can be made
/// @param shortcomings what cannot be had there, and why, a line each
/// @param delegation what was changed around us for it, to be undone
record Place(
    List<Hierarchy> hierarchies, List<String> shortcomings, Optional<Delegation> delegation) {

  Place {
    hierarchies = List.copyOf(hierarchies);
    shortcomings = List.copyOf(shortcomings);
  }

  static Place of(List<Hierarchy> hierarchies, List<String> shortcomings) {
    return new Place(hierarchies, shortcomings, Optional.empty());
  }
}
