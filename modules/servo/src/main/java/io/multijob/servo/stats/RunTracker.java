package io.multijob.servo.stats;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.multijob.protocol.PodmonReport;
import io.multijob.servo.pod.Pod;
import io.multijob.servo.pod.PodMoment;
import io.multijob.servo.stats.CompleteRun.Lateness;
import io.multijob.servo.stats.Listings.Listing;
import io.multijob.servo.watch.PodSink;
import io.multijob.servo.watch.Scope;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Makes exactly one report of each run, from all that is seen of its pod.
///
/// A pod of ours is tracked from the first sight of it. When its run has ended, the run waits for
/// its statistics ([Completion]), kept by the sink meanwhile for the case that we are killed and
/// its pod deleted, goes to the sink by the [RunHandover], and is tracked until the sink has it:
/// whatever fails meanwhile is tried again. What was reported is remembered as long as the pod
/// exists, and by the sink beyond that.
///
/// Thread-safe.
public final class RunTracker implements PodSink, AutoCloseable {
  /// How long posted figures wait for a pod that we have not seen: it may be on its way to us.
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final RunHandover handover;
  private final PostedStats posted;
  private final HoldListener holds;
  private final SampledStats samples;
  private final Completion completion;
  private final InstantSource clock;
  private final DeadlineTimer deadlines;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition appeared = lock.newCondition();

  @GuardedBy("lock")
  private final Listings listings;

  @GuardedBy("lock")
  private final Map<String, TrackedRun> runs = new HashMap<>();

  @GuardedBy("lock")
  private final RecentlyGone gone = new RecentlyGone();

  /// As the other, with nobody to ask for samples.
  public RunTracker(
      Set<Scope> scopes,
      RunHandover handover,
      PostedStats posted,
      HoldListener holds,
      StatsTiming timing,
      InstantSource clock) {
    this(scopes, handover, posted, SampledStats.off(), holds, timing, clock);
  }

  /// @param scopes those that are watched
  /// @param posted figures that came before the end of their runs
  /// @param samples figures of those whose monitors tell none
  /// @param holds is told of the pods that are held, and of those that are not yet
  public RunTracker(
      Set<Scope> scopes,
      RunHandover handover,
      PostedStats posted,
      SampledStats samples,
      HoldListener holds,
      StatsTiming timing,
      InstantSource clock) {
    this.listings = new Listings(scopes);
    this.handover = handover;
    this.posted = posted;
    this.holds = holds;
    this.samples = samples;
    this.completion = new Completion(timing, samples);
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

  /// How many of the pods that are tracked our finalizer keeps.
  public int held() {
    lock.lock();
    try {
      int held = 0;
      for (TrackedRun run : runs.values()) {
        held += run.isHeld() ? 1 : 0;
      }
      return held;
    } finally {
      lock.unlock();
    }
  }

  /// True for the uid of a pod that is tracked: the cluster still shows it, as far as we know.
  /// Before the lists are complete, of any.
  public boolean tracks(String uid) {
    lock.lock();
    try {
      return runs.containsKey(uid) || !listings.allComplete();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void listing(Scope scope) {
    lock.lock();
    try {
      listings.begin(scope);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void seen(Pod pod) throws InterruptedException {
    Due due = new Due();
    lock.lock();
    try {
      boolean known = runs.containsKey(pod.uid());
      Optional<TrackedRun> run = track(pod);
      if (run.isPresent()) {
        run.get().see(pod, clock.instant());
        look(pod.uid(), run.get(), due);
        tellHolds(pod, run.get(), known);
      }
    } finally {
      lock.unlock();
    }
    handOver(due);
  }

  @Override
  public void gone(Pod pod) throws InterruptedException {
    Due due = new Due();
    lock.lock();
    try {
      holds.free(pod.uid());
      Optional<TrackedRun> run = track(pod);
      if (run.isPresent()) {
        run.get().leave(pod, clock.instant());
        settle(pod.uid(), run.get(), due);
      }
    } finally {
      lock.unlock();
    }
    handOver(due);
  }

  @Override
  public void listed(Scope scope) throws InterruptedException {
    Due due = new Due();
    boolean firstWhole;
    lock.lock();
    try {
      boolean wereComplete = listings.allComplete();
      Listing listing = listings.complete(scope);
      firstWhole = !wereComplete && listings.allComplete();
      for (Map.Entry<String, TrackedRun> entry : List.copyOf(runs.entrySet())) {
        if (entry.getValue().missedBy(listing)) {
          holds.free(entry.getKey());
          entry.getValue().vanish(entry.getKey(), clock.instant());
          settle(entry.getKey(), entry.getValue(), due);
        }
      }
      appeared.signalAll();
    } finally {
      lock.unlock();
    }
    handOver(due);
    if (firstWhole) {
      handover.takeKept(this::tracks);
    }
  }

  /// Takes figures that podmon has posted. A run that has ended is complete with them, unless
  /// podmon is yet to say them where the kubelet vouches for them.
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
    Due due = new Due();
    lock.lock();
    try {
      TrackedRun run = runs.get(report.id());
      if (run == null || run.isSettled()) {
        posted.remove(report.id());
      } else {
        look(report.id(), run, due);
      }
    } finally {
      lock.unlock();
    }
    handOver(due);
    return Posting.STORED;
  }

  /// What is to be done with figures for this pod: [Posting#STORED] if they are wanted.
  private Posting standing(String uid) throws InterruptedException {
    lock.lock();
    try {
      long left = PATIENCE.toNanos();
      while (!runs.containsKey(uid) && !gone.contains(uid) && left > 0) {
        if (!listings.allComplete()) {
          return Posting.NOT_LISTED_YET;
        }
        left = appeared.awaitNanos(left);
      }
      TrackedRun run = runs.get(uid);
      if (run == null) {
        return gone.contains(uid) ? Posting.REPORTED_BEFORE : Posting.UNKNOWN_POD;
      }
      return run.isSettled() ? Posting.REPORTED_BEFORE : Posting.STORED;
    } finally {
      lock.unlock();
    }
  }

  /// A pod that is being deleted cannot be held any more.
  @GuardedBy("lock")
  private void tellHolds(Pod pod, TrackedRun run, boolean known) {
    if (pod.marks().held()) {
      if (!run.isLive()) {
        holds.ended(pod.identity().toRef(), pod.marks());
      }
    } else if (!known && run.isLive() && pod.times().at(PodMoment.DELETION_ASKED).isEmpty()) {
      holds.unheld(pod.identity().toRef());
    } else if (known && !run.isLive()) {
      holds.free(pod.uid());
    }
  }

  private void deadlinePassed(String uid) throws InterruptedException {
    Due due = new Due();
    lock.lock();
    try {
      TrackedRun run = runs.get(uid);
      if (run != null) {
        look(uid, run, due);
      }
    } finally {
      lock.unlock();
    }
    handOver(due);
  }

  /// The run of this pod, from now on tracked; nothing for a pod that is not ours.
  @GuardedBy("lock")
  private Optional<TrackedRun> track(Pod pod) {
    TrackedRun known = runs.get(pod.uid());
    if (known != null) {
      return Optional.of(known);
    }
    if (!pod.ours() || gone.contains(pod.uid())) {
      return Optional.empty();
    }
    Optional<TrackedRun> run =
        listings.covering(pod.identity().namespace()).map(listing -> new TrackedRun(listing, pod));
    if (run.isPresent()) {
      runs.put(pod.uid(), run.get());
      appeared.signalAll();
    }
    return run;
  }

  /// Forgets a run that is reported, now that its pod is gone, and looks at one that is not.
  @GuardedBy("lock")
  private void settle(String uid, TrackedRun run, Due due) {
    if (run.isReported()) {
      forget(uid);
    } else {
      look(uid, run, due);
    }
  }

  @GuardedBy("lock")
  private void forget(String uid) {
    runs.remove(uid);
    gone.add(uid);
  }

  /// Takes the run out when it is complete, or sees to it that it is looked at again in time.
  @GuardedBy("lock")
  private void look(String uid, TrackedRun run, Due due) {
    Optional<EndedRun> waiting = run.waiting();
    if (waiting.isEmpty()) {
      return;
    }
    EndedRun ended = waiting.get();
    List<PodmonReport> figures = posted.get(uid).stream().toList();
    boolean allCame =
        completion.complete(ended, run.sampling())
            || (!figures.isEmpty() && completion.postedIsAll(ended));
    Instant latest = completion.latest(ended);
    if (!allCame && clock.instant().isBefore(latest)) {
      deadlines.add(latest, uid);
      if (figures.isEmpty()) {
        askForSample(uid, run, ended, due);
      }
      if (run.keep()) {
        due.waiting().add(ended);
      }
      return;
    }
    Lateness lateness = allCame ? Lateness.ALL_CAME : Lateness.DEADLINE_PASSED;
    List<Sample> sample = SampledStats.ofRun(ended, run.sampling()).stream().toList();
    due.complete().add(new CompleteRun(ended, figures, sample, lateness));
    run.handOver(ended);
  }

  /// Has the run's node asked when it is time, or sees to it that it is looked at again then.
  @GuardedBy("lock")
  private void askForSample(String uid, TrackedRun run, EndedRun ended, Due due) {
    Optional<Instant> time = samples.due(ended, run.sampling());
    if (time.isEmpty()) {
      return;
    }
    Instant now = clock.instant();
    if (time.get().isAfter(now)) {
      deadlines.add(time.get(), uid);
      return;
    }
    run.ask(now);
    due.asked().add(ended);
  }

  private void sampled(String uid, Optional<Sample> sample) throws InterruptedException {
    Due due = new Due();
    lock.lock();
    try {
      TrackedRun run = runs.get(uid);
      if (run != null && run.waiting().isPresent()) {
        run.sampled(sample);
        look(uid, run, due);
      }
    } finally {
      lock.unlock();
    }
    handOver(due);
  }

  private void handOver(Due due) throws InterruptedException {
    for (EndedRun run : due.waiting()) {
      handover.keep(run);
    }
    for (EndedRun run : due.asked()) {
      samples.sampler().ask(run.pod(), sample -> sampled(run.pod().uid(), sample));
    }
    for (CompleteRun run : due.complete()) {
      handover.take(run, () -> reported(run.id()));
    }
  }

  private void reported(String uid) {
    lock.lock();
    try {
      TrackedRun run = runs.get(uid);
      if (run != null && run.report()) {
        forget(uid);
      }
    } finally {
      lock.unlock();
    }
    posted.remove(uid);
  }
}
