package io.multijob.e2e.chaos.ledger;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What befell the servo, in the order of time.
///
/// @param lives its processes; one at a time
/// @param deafness when the one that lived heard nothing
/// @param disturbances when the service did not take what it was told
public record Course(
    List<ServoLife> lives, List<Deafness> deafness, List<Disturbance> disturbances) {

  public Course {
    lives = List.copyOf(lives);
    deafness = deafness.stream().sorted(Comparator.comparing(Deafness::from)).toList();
    disturbances = List.copyOf(disturbances);
  }

  /// The times of deafness, begun earlier by `margin`: what happened just before may have been on
  /// its way, or between a list and the watch after it. Of two times that touch, where what was in
  /// the one is forgotten, so is what was in the other.
  List<Deafness> deafnessWith(Duration margin) {
    List<Deafness> joined = new ArrayList<>();
    for (Deafness next :
        deafness.stream()
            .map(each -> each.widened(margin))
            .sorted(Comparator.comparing(Deafness::from))
            .toList()) {
      if (!joined.isEmpty() && !joined.getLast().to().isBefore(next.from())) {
        joined.add(joined.removeLast().and(next));
      } else {
        joined.add(next);
      }
    }
    return joined;
  }
}
