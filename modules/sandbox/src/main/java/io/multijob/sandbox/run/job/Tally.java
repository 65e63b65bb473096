package io.multijob.sandbox.run.job;

import io.multijob.sandbox.run.job.JobPod.End;
import io.multijob.sandbox.run.job.JobPod.Health;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/// Counts the pods of one Job, those that have gone included. Used by the controller's thread only.
///
/// A pod that was deleted before it ended has failed, unless it was the controller that deleted it.
public final class Tally {
  private final Map<String, JobPod> present = new HashMap<>(); // by uid
  private final List<JobPod> gone = new ArrayList<>(); // as they were last
  private final Set<String> discarded = new HashSet<>(); // uids

  /// A pod as it is now.
  public void put(JobPod pod) {
    present.put(pod.uid(), pod);
  }

  /// A pod's object has gone.
  public void remove(String uid) {
    JobPod last = present.remove(uid);
    if (last != null && !discarded.remove(uid)) {
      gone.add(last);
    }
  }

  /// The controller deletes the pod: it counts for nothing any more.
  public void discard(String uid) {
    discarded.add(uid);
  }

  /// Whether none is there that has not ended.
  public boolean isQuiet() {
    return present.values().stream().allMatch(JobPod::hasEnded);
  }

  /// Those that run or will.
  List<JobPod> active() {
    return present.values().stream().filter(this::counts).filter(JobPod::isActive).toList();
  }

  /// How many have not ended and never will be counted as active again.
  int terminating() {
    return (int) present.values().stream().filter(pod -> !pod.hasEnded()).count() - active().size();
  }

  int ready() {
    return (int) active().stream().filter(pod -> pod.health() == Health.READY).count();
  }

  int succeeded(JobSpec.Mode mode) {
    return switch (mode) {
      case NON_INDEXED -> (int) all().stream().filter(pod -> pod.end() == End.SUCCEEDED).count();
      case INDEXED -> succeededIndexes().size();
    };
  }

  int failed() {
    return failures().size();
  }

  /// How often containers were started again in pods that still run.
  int restarts() {
    return active().stream().mapToInt(JobPod::restarts).sum();
  }

  NavigableSet<Integer> succeededIndexes() {
    return indexes(all().stream().filter(pod -> pod.end() == End.SUCCEEDED).toList());
  }

  NavigableSet<Integer> activeIndexes() {
    return indexes(active());
  }

  /// How many have failed since one succeeded.
  int failuresInRow() {
    Instant success = latest(all().stream().filter(pod -> pod.end() == End.SUCCEEDED).toList());
    return (int) failures().stream().filter(pod -> !pod.finished().isBefore(success)).count();
  }

  /// When the last failed, the epoch if none did.
  Instant lastFailure() {
    return latest(failures());
  }

  private List<JobPod> failures() {
    List<JobPod> failures = new ArrayList<>();
    for (JobPod pod : present.values()) {
      boolean failed = pod.end() == End.FAILED || pod.end() == End.TERMINATING;
      if (failed && counts(pod)) {
        failures.add(pod);
      }
    }
    gone.stream().filter(pod -> pod.end() != End.SUCCEEDED).forEach(failures::add);
    return failures;
  }

  private List<JobPod> all() {
    List<JobPod> all = new ArrayList<>(gone);
    all.addAll(present.values());
    return all;
  }

  private boolean counts(JobPod pod) {
    return !discarded.contains(pod.uid());
  }

  private static Instant latest(Collection<JobPod> pods) {
    return pods.stream().map(JobPod::finished).max(Instant::compareTo).orElse(Instant.EPOCH);
  }

  private static NavigableSet<Integer> indexes(Collection<JobPod> pods) {
    NavigableSet<Integer> indexes = new TreeSet<>();
    pods.forEach(pod -> pod.index().ifPresent(indexes::add));
    return indexes;
  }
}
