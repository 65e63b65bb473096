package io.multijob.e2e.chaos.ledger;

import io.multijob.e2e.chaos.ledger.Deafness.Kind;
import io.multijob.e2e.chaos.ledger.PodHistory.Holding;
import io.multijob.e2e.chaos.ledger.Rules.State;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Decides of each run whether it had to be reported, from what the trial itself did and when;
/// never from what was reported.
///
/// A pod is there from the answer to its creation until the request for its deletion; its run is
/// over from the answer to the write of its end, or to its deletion. What happens between a request
/// and its answer may have happened at either, and counts as what blames the servo less.
///
/// A servo **listens** from when it was seen ready until it is killed. What was there when it
/// became ready, it has listed. While the watch is cut it hears late, but all. When the API server
/// was killed it must list anew: it has seen only what was there before or after, but of a pod that
/// it saw alive before and that is not there after, it knows that its run is over.
///
/// So a servo **knows** that a run is over when it has seen the pod, at any moment at which it
/// listened, and has listened at some moment from the end of the run on. It knows it for sure when
/// it lived [Rules#margin()] longer. Then, with its state kept, the run must be reported, whatever
/// came after. With the state emptied at the kill the service must have been well, too, for long
/// enough before the kill; for the servo that was left alive there is no such question.
///
/// Else the pod may be there still when a later servo listens: then that one knows. When none does,
/// nobody could: the pod was made and deleted within one outage, or its run ended and it was
/// deleted within one. Except where the servo's finalizer held it: then it was still there, and the
/// run must be reported.
///
/// That figures were still to come when the servo was killed is no excuse: it knew that the run was
/// over.
final class Examination {
  private final Course course;
  private final Rules rules;
  private final List<Deafness> deafness;

  Examination(Course course, Rules rules) {
    this.course = course;
    this.rules = rules;
    this.deafness = course.deafnessWith(rules.margin());
  }

  Finding of(PodHistory pod) {
    if (pod.holding() == Holding.HELD) {
      return Finding.KNOWN;
    }
    Finding best = Finding.CAME_AND_WENT;
    for (ServoLife life : course.lives()) {
      Finding finding = by(life, pod);
      if (finding == Finding.KNOWN) {
        return finding;
      }
      best = finding.compareTo(best) > 0 ? finding : best;
    }
    return best;
  }

  /// What `life` alone makes of it.
  private Finding by(ServoLife life, PodHistory pod) {
    Optional<Instant> seen = seen(life, pod);
    if (seen.isEmpty()) {
      return Finding.CAME_AND_WENT;
    }
    Instant known = heard(later(seen.get(), pod.over()));
    if (!livedOn(life, known)) {
      return Finding.END_UNSEEN;
    }
    return rules.state() == State.KEPT || life.outlived() || delivered(life, known)
        ? Finding.KNOWN
        : Finding.DISK_EMPTIED;
  }

  /// The first moment at which the pod was there and `life` listened, so that it learnt of the pod
  /// then or, where the watch was cut, when it heard of that moment.
  private Optional<Instant> seen(ServoLife life, PodHistory pod) {
    Instant first = later(pod.visibleFrom(), life.ready());
    for (Deafness each : deafness) {
      if (each.kind() == Kind.FORGOTTEN && each.covers(first)) {
        first = each.to();
      }
    }
    return Optional.of(first)
        .filter(at -> at.isBefore(Instant.MAX) && !at.isAfter(pod.visibleUntil()))
        .filter(at -> livedOn(life, at));
  }

  /// When a servo that lived on heard what happened at `at`.
  private Instant heard(Instant at) {
    Instant heard = at;
    for (Deafness each : deafness) {
      if (each.covers(heard)) {
        heard = each.to();
      }
    }
    return heard;
  }

  private boolean livedOn(ServoLife life, Instant at) {
    return at.isBefore(Instant.MAX)
        && (life.outlived() || !at.plus(rules.margin()).isAfter(life.killed()));
  }

  private boolean delivered(ServoLife life, Instant known) {
    Instant by = known.plus(rules.delivery());
    Instant since = later(life.started(), known.minus(rules.recovery()));
    return !by.isAfter(life.killed())
        && course.disturbances().stream()
            .noneMatch(each -> each.from().isBefore(by) && each.to().isAfter(since));
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }
}
