package io.multijob.servo.stats;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.multijob.protocol.PodmonReport;
import io.multijob.servo.pod.Pod;
import io.multijob.servo.stats.CompleteRun.Lateness;
import io.multijob.servo.watch.PodSink;
import io.multijob.servo.watch.Scope;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Makes exactly one report of each run, from all that is seen of its pod.
///
/// A pod of ours is tracked from the first sight of it. When its run has ended, the run waits for
/// its statistics ([Completion]), goes to the sink by the [RunHandover], and is tracked until the
/// sink has it: whatever fails meanwhile is tried again. What was reported is remembered as long as
/// the pod exists, and by the sink beyond that.
///
/// Thread-safe.
public final class RunTracker implements PodSink, AutoCloseable {
  /// How long posted figures wait for a pod that we have not seen: it may be on its way to us.
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private static final int GONE_REMEMBERED = 10_000;

  private final RunHandover handover;
  private final PostedStats posted;
  private final Completion completion;
  private final InstantSource clock;
  private final DeadlineTimer deadlines;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition appeared = lock.newCondition();

  @GuardedBy("lock")
  private final Map<Scope, ScopeState> scopes = new HashMap<>();

  @GuardedBy("lock")
  private final Map<String, TrackedRun> runs = new HashMap<>();

  /// Pods that are gone and reported, the latest.
  @GuardedBy("lock")
  private final Map<String, Instant> gone = new LinkedHashMap<>();

  /// @param scopes those that are watched
  /// @param posted figures that came before the end of their runs
  public RunTracker(
      Set<Scope> scopes,
      RunHandover handover,
      PostedStats posted,
      StatsTiming timing,
      InstantSource clock) {
    scopes.forEach(scope -> this.scopes.put(scope, new ScopeState()));
    this.handover = handover;
    this.posted = posted;
    this.completion = new Completion(timing);
    this.clock = clock;
    this.deadlines = new DeadlineTimer(clock, this::deadlinePassed);
  }

  /// Starts to look after deadlines.
  public void start() {
    deadlines.start();
  }

  /// Stops looking after deadlines. What waits for statistics is found again at the next start.
  @Override
  public void close() {
    deadlines.close();
  }

  /// Completes the runs whose deadline has passed.
  void expire() throws InterruptedException {
    deadlines.expire();
  }

  /// How many pods are tracked: live, waiting for statistics, or reported and still there.
  public int tracked() {
    lock.lock();
    try {
      return runs.size();
    } finally {
      lock.unlock();
    }
  }

  /// True for the uid of a pod that is tracked: the cluster still shows it, as far as we know.
  /// Before the lists are complete, of any.
  public boolean tracks(String uid) {
    lock.lock();
    try {
      return runs.containsKey(uid) || scopes.values().stream().anyMatch(scope -> !scope.listed);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void listing(Scope scope) {
    lock.lock();
    try {
      state(scope).listing++;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void seen(Pod pod) throws InterruptedException {
    List<CompleteRun> complete = new ArrayList<>(1);
    lock.lock();
    try {
      track(pod).ifPresent(run -> see(run, pod, complete));
    } finally {
      lock.unlock();
    }
    handOver(complete);
  }

  @Override
  public void gone(Pod pod) throws InterruptedException {
    List<CompleteRun> complete = new ArrayList<>(1);
    lock.lock();
    try {
      if (!gone.containsKey(pod.uid())) {
        track(pod).ifPresent(run -> leave(run, pod, complete));
      }
    } finally {
      lock.unlock();
    }
    handOver(complete);
  }

  @Override
  public void listed(Scope scope) throws InterruptedException {
    List<CompleteRun> complete = new ArrayList<>();
    lock.lock();
    try {
      ScopeState state = state(scope);
      for (Map.Entry<String, TrackedRun> entry : List.copyOf(runs.entrySet())) {
        TrackedRun run = entry.getValue();
        if (run.scope == state && run.listing != state.listing) {
          vanish(entry.getKey(), run, complete);
        }
      }
      state.listed = true;
      appeared.signalAll();
    } finally {
      lock.unlock();
    }
    handOver(complete);
  }

  /// Takes figures that podmon has posted. A run that has ended is complete with them at once.
  ///
  /// @throws IOException if they cannot be stored
  Posting posted(PodmonReport report) throws IOException, InterruptedException {
    Posting standing = standing(report.id());
    if (standing != Posting.STORED) {
      return standing;
    }
    if (!posted.put(report)) {
      return Posting.FULL;
    }
    List<CompleteRun> complete = new ArrayList<>(1);
    lock.lock();
    try {
      TrackedRun run = runs.get(report.id());
      if (run == null || run.stage instanceof Settled) {
        posted.remove(report.id());
      } else {
        look(report.id(), run, complete);
      }
    } finally {
      lock.unlock();
    }
    handOver(complete);
    return Posting.STORED;
  }

  /// What is to be done with figures for this pod: [Posting#STORED] if they are wanted.
  private Posting standing(String uid) throws InterruptedException {
    lock.lock();
    try {
      long left = PATIENCE.toNanos();
      while (!runs.containsKey(uid) && !gone.containsKey(uid) && left > 0) {
        if (scopes.values().stream().anyMatch(scope -> !scope.listed)) {
          return Posting.NOT_LISTED_YET;
        }
        left = appeared.awaitNanos(left);
      }
      TrackedRun run = runs.get(uid);
      if (run == null) {
        return gone.containsKey(uid) ? Posting.REPORTED_BEFORE : Posting.UNKNOWN_POD;
      }
      return run.stage instanceof Settled ? Posting.REPORTED_BEFORE : Posting.STORED;
    } finally {
      lock.unlock();
    }
  }

  private void deadlinePassed(String uid) throws InterruptedException {
    List<CompleteRun> complete = new ArrayList<>(1);
    lock.lock();
    try {
      TrackedRun run = runs.get(uid);
      if (run != null) {
        look(uid, run, complete);
      }
    } finally {
      lock.unlock();
    }
    handOver(complete);
  }

  /// The run of this pod, from now on tracked; nothing for a pod that is not ours.
  @GuardedBy("lock")
  private Optional<TrackedRun> track(Pod pod) {
    TrackedRun known = runs.get(pod.uid());
    if (known != null) {
      known.listing = known.scope.listing;
      return Optional.of(known);
    }
    if (!pod.ours()) {
      return Optional.empty();
    }
    Optional<TrackedRun> run =
        scopeOf(pod.identity().namespace())
            .map(scope -> new TrackedRun(scope, pod.identity().namespace(), LivePod.unseen(pod)));
    run.ifPresent(tracked -> {
      runs.put(pod.uid(), tracked);
      appeared.signalAll();
    });
    return run;
  }

  @GuardedBy("lock")
  private void see(TrackedRun run, Pod pod, List<CompleteRun> complete) {
    run.stage =
        switch (run.stage) {
          case LivePod live -> {
            Optional<EndedRun> ended = EndedRun.of(pod, live, clock.instant());
            yield ended.isPresent() ? ended.get() : live.next(pod);
          }
          case EndedRun ended -> ended.next(pod);
          case Settled settled -> settled;
        };
    look(pod.uid(), run, complete);
  }

  /// The pod is deleted, and this is what it was last.
  @GuardedBy("lock")
  private void leave(TrackedRun run, Pod pod, List<CompleteRun> complete) {
    run.stage =
        switch (run.stage) {
          case LivePod live -> EndedRun.ofGone(pod, live, clock.instant());
          case EndedRun ended -> ended.next(pod).gone();
          case Settled settled -> goneFrom(settled);
        };
    drop(pod.uid(), run);
    look(pod.uid(), run, complete);
  }

  /// The pod was there and is not in the list any more.
  @GuardedBy("lock")
  private void vanish(String uid, TrackedRun run, List<CompleteRun> complete) {
    run.stage =
        switch (run.stage) {
          case LivePod live ->
              EndedRun.ofGone(live.remembered(uid, run.namespace), live, clock.instant());
          case EndedRun ended -> ended.gone();
          case Settled settled -> goneFrom(settled);
        };
    drop(uid, run);
    look(uid, run, complete);
  }

  private static Settled goneFrom(Settled settled) {
    return settled == Settled.REPORTED ? settled : Settled.HANDED_OVER_AND_GONE;
  }

  /// Forgets a run that is reported and whose pod is gone.
  @GuardedBy("lock")
  private void drop(String uid, TrackedRun run) {
    if (run.stage == Settled.REPORTED) {
      runs.remove(uid);
      gone.put(uid, clock.instant());
      if (gone.size() > GONE_REMEMBERED) {
        gone.remove(gone.keySet().iterator().next());
      }
    }
  }

  /// Takes the run out when it is complete, or sees to it that it is looked at again in time.
  @GuardedBy("lock")
  private void look(String uid, TrackedRun run, List<CompleteRun> complete) {
    if (!(run.stage instanceof EndedRun ended)) {
      return;
    }
    List<PodmonReport> figures = posted.get(uid).stream().toList();
    boolean allCame = !figures.isEmpty() || completion.complete(ended);
    Instant latest = completion.latest(ended);
    if (!allCame && clock.instant().isBefore(latest)) {
      deadlines.add(latest, uid);
      return;
    }
    Lateness lateness = allCame ? Lateness.ALL_CAME : Lateness.DEADLINE_PASSED;
    complete.add(new CompleteRun(ended, figures, lateness));
    run.stage =
        ended.presence() == EndedRun.Presence.GONE
            ? Settled.HANDED_OVER_AND_GONE
            : Settled.HANDED_OVER;
  }

  private void handOver(List<CompleteRun> complete) throws InterruptedException {
    for (CompleteRun run : complete) {
      handover.take(run, () -> reported(run.id()));
    }
  }

  private void reported(String uid) {
    lock.lock();
    try {
      TrackedRun run = runs.get(uid);
      if (run != null) {
        boolean podGone = run.stage == Settled.HANDED_OVER_AND_GONE;
        run.stage = Settled.REPORTED;
        if (podGone) {
          drop(uid, run);
        }
      }
    } finally {
      lock.unlock();
    }
    posted.remove(uid);
  }

  @GuardedBy("lock")
  private ScopeState state(Scope scope) {
    ScopeState state = scopes.get(scope);
    if (state == null) {
      throw new IllegalArgumentException("not a scope that is watched: " + scope);
    }
    return state;
  }

  @GuardedBy("lock")
  private Optional<ScopeState> scopeOf(String namespace) {
    for (Map.Entry<Scope, ScopeState> scope : scopes.entrySet()) {
      if (scope.getKey().contains(namespace)) {
        return Optional.of(scope.getValue());
      }
    }
    return Optional.empty();
  }
}
