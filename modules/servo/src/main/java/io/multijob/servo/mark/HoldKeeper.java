package io.multijob.servo.mark;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.multijob.servo.loop.PassLoop;
import io.multijob.servo.pod.PodMarks;
import io.multijob.servo.pod.PodRef;
import io.multijob.servo.stats.HoldListener;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has live pods held until their run is reported, and sees to it that none is held for ever: one
/// whose run has ended longer ago than the limit, and is in the outbox, is let go unreported.
///
/// Pods that were held by an earlier servo are let go by the same rules, whether or not this one
/// holds any.
///
/// Thread-safe. The limit is looked after on one thread, the keeper's own.
public final class HoldKeeper implements HoldListener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HoldKeeper.class);

  private static final Duration PERIOD = Duration.ofSeconds(10);

  private final Policy policy;
  private final PodMarker marker;
  private final StoredRuns stored;
  private final InstantSource clock;
  private final PassLoop loop = new PassLoop("hold-keeper", this::runPass);

  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private final Map<String, Held> ended = new HashMap<>();

  /// Whether pods are held, and how long after their end at the most.
  public record Policy(Holding holding, Duration limit) {}

  /// Whether pods are held from their first sight on.
  public enum Holding {
    ON,
    OFF
  }

  /// Knows the runs that would survive their pods.
  @FunctionalInterface
  public interface StoredRuns {
    boolean knows(String uid) throws IOException;
  }

  /// A pod that is held though its run has ended.
  private record Held(PodRef pod, Instant since) {}

  public HoldKeeper(Policy policy, PodMarker marker, StoredRuns stored, InstantSource clock) {
    this.policy = policy;
    this.marker = marker;
    this.stored = stored;
    this.clock = clock;
  }

  public void start() {
    loop.start();
  }

  @Override
  public void close() {
    loop.close();
  }

  @Override
  public void unheld(PodRef pod) {
    // What could not be let go again is not held.
    if (policy.holding() == Holding.ON && !marker.denied()) {
      marker.hold(pod);
    }
  }

  @Override
  public void ended(PodRef pod, PodMarks marks) {
    if (marks.reported()) {
      marker.letGo(pod);
      return;
    }
    lock.lock();
    try {
      ended.putIfAbsent(pod.uid(), new Held(pod, clock.instant()));
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void free(String uid) {
    lock.lock();
    try {
      ended.remove(uid);
    } finally {
      lock.unlock();
    }
  }

  /// How long the pod is held whose run has ended first; zero if there is none.
  public Duration longest() {
    lock.lock();
    try {
      return ended.values().stream()
          .map(Held::since)
          .min(Instant::compareTo)
          .map(since -> Duration.between(since, clock.instant()))
          .filter(Duration::isPositive)
          .orElse(Duration.ZERO);
    } finally {
      lock.unlock();
    }
  }

  private void runPass() throws InterruptedException {
    Thread.sleep(PERIOD);
    try {
      letGoOverdue();
    } catch (IOException | RuntimeException e) {
      LOG.atWarn().setCause(e).log("Held pods could not be looked after, will try again");
    }
  }

  /// Lets those go that are past the limit and whose run would survive them. Asked again in each
  /// pass, until they are seen to be free.
  void letGoOverdue() throws IOException {
    for (Held held : overdue()) {
      if (stored.knows(held.pod().uid())) {
        LOG.atWarn()
            .addKeyValue("pod", held.pod())
            .addKeyValue("duration", policy.limit())
            .log("Pod is let go before its run is reported, the outbox has it");
        marker.letGo(held.pod());
      }
    }
  }

  private List<Held> overdue() {
    Instant latest = clock.instant().minus(policy.limit());
    lock.lock();
    try {
      return ended.values().stream().filter(held -> !held.since().isAfter(latest)).toList();
    } finally {
      lock.unlock();
    }
  }
}
