package io.multijob.e2e.chaos.ledger;

import io.multijob.e2e.chaos.ledger.Rules.State;
import io.multijob.e2e.chaos.ledger.Verdict.Repeats;
import io.multijob.e2e.chaos.ledger.Verdict.Unseen;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/// What was done with each pod, and what the service took. Half a kilobyte for each pod.
///
/// Thread-safe. A report may come before the creation of its pod is written down.
public final class Ledger {
  private final Map<String, PodHistory> pods = new ConcurrentHashMap<>();
  private final Map<String, Reports> reports = new ConcurrentHashMap<>();
  private final LongAdder over = new LongAdder();
  private final LongAdder deleted = new LongAdder();
  private final LongAdder again = new LongAdder();

  /// The pod was created.
  ///
  /// @param kind what is meant to become of it
  public void created(String uid, String name, String kind, Span span) {
    if (pods.putIfAbsent(uid, PodHistory.created(uid, name, kind, span)) != null) {
      throw new IllegalArgumentException("pod " + uid + " was created twice");
    }
  }

  /// Its workload's end is written.
  public void ended(String uid, Span span) {
    pods.compute(uid, (same, pod) -> known(uid, pod).with(Act.ENDED, span));
    over.increment();
  }

  /// It is no more.
  public void deleted(String uid, Span span) {
    PodHistory pod =
        pods.compute(uid, (same, before) -> known(uid, before).with(Act.DELETED, span));
    deleted.increment();
    if (pod.at(Act.ENDED).isEmpty()) {
      over.increment();
    }
  }

  /// It was deleted, and a finalizer of the servo's keeps it until the servo has its run.
  public void held(String uid) {
    PodHistory pod = pods.compute(uid, (same, before) -> known(uid, before).held());
    if (pod.at(Act.ENDED).isEmpty()) {
      over.increment();
    }
  }

  /// The service has taken a report.
  public void reported(Arrival arrival) {
    Reports all =
        reports.merge(
            arrival.uid(), Reports.first(arrival), (before, first) -> before.and(arrival));
    if (all.again() + all.other() > 0) {
      again.increment();
    }
  }

  public Tally tally() {
    return new Tally(pods.size(), over.sum(), deleted.sum(), reports.size(), again.sum());
  }

  /// The uids of the runs that had to be reported by now and were not.
  ///
  /// @param course what befell the servo so far
  public List<PodHistory> missing(Course course, Rules rules) {
    Examination examination = new Examination(course, rules);
    return pods.values().stream()
        .filter(pod -> !reports.containsKey(pod.uid()))
        .filter(pod -> examination.of(pod) == Finding.KNOWN)
        .toList();
  }

  /// Judges, once everything is over.
  public Verdict verdict(Course course, Rules rules) {
    Examination examination = new Examination(course, rules);
    Examination strict = new Examination(course, rules.withoutMargin());
    Map<Finding, Unseen> unseen = new EnumMap<>(Finding.class);
    List<PodHistory> lost = new ArrayList<>();
    for (PodHistory pod : pods.values()) {
      Finding finding = examination.of(pod);
      if (finding != Finding.KNOWN && strict.of(pod) == Finding.KNOWN) {
        finding = Finding.JUST_TOLD;
      }
      boolean reported = reports.containsKey(pod.uid());
      if (finding != Finding.KNOWN) {
        unseen.merge(finding, new Unseen(1, reported ? 1 : 0), Unseen::plus);
      } else if (!reported) {
        lost.add(pod);
      }
    }
    return new Verdict(
        pods.size(),
        reports.keySet().stream().filter(pods::containsKey).count(),
        lost,
        doubled(rules.state()),
        repeats(),
        unseen);
  }

  private List<String> doubled(State state) {
    List<String> doubled = new ArrayList<>();
    reports.forEach((uid, taken) -> {
      PodHistory pod = pods.get(uid);
      String name = pod == null ? uid : pod.name() + " (" + uid + ")";
      if (pod == null) {
        doubled.add(name + ": a report of no pod of the trial");
      } else if (taken.other() > 0) {
        doubled.add(name + ": reported under " + (taken.other() + 1) + " keys");
      } else if (!taken.keyed()) {
        doubled.add(name + ": reported under the key '" + taken.first().key() + "'");
      } else if (state == State.KEPT && taken.amended() > 0) {
        doubled.add(name + ": reported again with another content");
      }
    });
    return doubled;
  }

  private Repeats repeats() {
    long all = 0;
    long amended = 0;
    for (Reports taken : reports.values()) {
      all += taken.again();
      amended += taken.amended();
    }
    return new Repeats(all, amended);
  }

  private static PodHistory known(String uid, @Nullable PodHistory pod) {
    if (pod == null) {
      throw new IllegalArgumentException("pod " + uid + " was never created");
    }
    return pod;
  }
}
