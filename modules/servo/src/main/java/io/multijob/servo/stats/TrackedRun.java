package io.multijob.servo.stats;

import io.multijob.servo.pod.Pod;
import io.multijob.servo.stats.EndedRun.Presence;
import io.multijob.servo.stats.Listings.Listing;
import java.time.Instant;
import java.util.Optional;

/// One pod of ours, as long as it is there or its report is not made.
///
/// Not thread-safe: belongs to [RunTracker], which guards it by its lock.
final class TrackedRun {
  private final Listing listing;
  private final String namespace;
  private int lastListed;
  private boolean held;
  private boolean kept;
  private Stage stage;
  private Sampling sampling = Sampling.NONE;

  TrackedRun(Listing listing, Pod pod) {
    this.listing = listing;
    this.namespace = pod.identity().namespace();
    this.lastListed = listing.begun();
    this.stage = LivePod.unseen(pod);
  }

  /// True when a list of its scope has begun since the pod was last seen.
  boolean missedBy(Listing other) {
    return listing == other && lastListed != other.begun();
  }

  boolean isSettled() {
    return stage instanceof Settled;
  }

  /// True when the report is made and the sink has it.
  boolean isReported() {
    return stage == Settled.REPORTED;
  }

  /// True while our finalizer keeps the pod, as it was last seen.
  boolean isHeld() {
    return held;
  }

  /// True while the workload has not ended, as far as it was seen.
  boolean isLive() {
    return stage instanceof LivePod;
  }

  /// The run, if it is over and waits for its statistics.
  Optional<EndedRun> waiting() {
    return stage instanceof EndedRun ended ? Optional.of(ended) : Optional.empty();
  }

  /// Notes that the run, which waits for its statistics, is kept meanwhile.
  ///
  /// @return true if it was not yet
  boolean keep() {
    boolean first = !kept;
    kept = true;
    return first;
  }

  /// How far the asking for samples of it has come.
  Sampling sampling() {
    return sampling;
  }

  /// Its node is asked.
  void ask(Instant now) {
    sampling = sampling.asked(now);
  }

  /// Its node has answered.
  void sampled(Optional<Sample> sample) {
    sampling = sampling.answered(sample);
  }

  /// The pod is as given.
  void see(Pod pod, Instant now) {
    lastListed = listing.begun();
    held = pod.marks().held();
    if (pod.marks().reported() && !isSettled()) {
      stage = Settled.REPORTED;
      return;
    }
    stage =
        switch (stage) {
          case LivePod live -> {
            Optional<EndedRun> ended = EndedRun.of(pod, live, now);
            yield ended.isPresent() ? ended.get() : live.next(pod);
          }
          case EndedRun ended -> ended.next(pod);
          case Settled settled -> settled;
        };
  }

  /// The pod is deleted, and this is what it was last.
  void leave(Pod pod, Instant now) {
    stage =
        switch (stage) {
          case LivePod live -> EndedRun.ofGone(pod, live, now);
          case EndedRun ended -> ended.next(pod).gone();
          case Settled settled -> settled.gone();
        };
  }

  /// The pod was there, and is not any more.
  void vanish(String uid, Instant now) {
    stage =
        switch (stage) {
          case LivePod live -> EndedRun.ofGone(live.remembered(uid, namespace), live, now);
          case EndedRun ended -> ended.gone();
          case Settled settled -> settled.gone();
        };
  }

  /// The run is on its way to the sink.
  void handOver(EndedRun run) {
    stage = run.presence() == Presence.GONE ? Settled.HANDED_OVER_AND_GONE : Settled.HANDED_OVER;
    sampling = Sampling.NONE;
  }

  /// The sink has the run.
  ///
  /// @return true when the pod is gone meanwhile, so that nothing is left to be tracked
  boolean report() {
    boolean gone = stage == Settled.HANDED_OVER_AND_GONE;
    stage = Settled.REPORTED;
    return gone;
  }
}
