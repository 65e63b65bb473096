package io.multijob.servo.initializer;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.multijob.servo.pod.PodRef;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Works on pods that wait for us, each at most once at a time and in a thread of its own, so that
/// one for which the service is slow holds up no other. A pod that is seen while it is worked on is
/// looked at once more.
///
/// Thread-safe.
final class PodWork implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PodWork.class);

  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

  /// So many documents are in our hands at once; then whoever brings one waits.
  private static final int AT_ONCE = 1_000;

  private final Function<PodRef, LettingGo> work;
  private final Duration pauseAfterDefect;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore places = new Semaphore(AT_ONCE);

  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private final Map<String, Sighting> inWork = new HashMap<>(); // by uid

  /// Whether a pod was seen while it is worked on.
  private enum Sighting {
    NONE,
    AGAIN
  }

  PodWork(Function<PodRef, LettingGo> work, Duration pauseAfterDefect) {
    this.work = work;
    this.pauseAfterDefect = pauseAfterDefect;
  }

  /// Has the pod worked on.
  void take(PendingPod pod) throws InterruptedException {
    if (!begin(pod.uid())) {
      return;
    }
    places.acquire();
    threads.execute(() -> run(pod.ref(), pod));
  }

  /// How many pods are worked on.
  int size() {
    lock.lock();
    try {
      return inWork.size();
    } finally {
      lock.unlock();
    }
  }

  /// Ends all work, done or not.
  @Override
  public void close() {
    threads.shutdownNow();
    try {
      if (!threads.awaitTermination(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.atWarn().log("Initializer did not stop");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Works on one pod. Holds a place, but for its pauses.
  private void run(PodRef pod, PendingPod first) {
    try {
      letGo(pod, Optional.of(first));
      while (isSeenAgain(pod.uid())) {
        letGo(pod, Optional.empty());
      }
    } catch (InterruptedException e) {
      LOG.atDebug().addKeyValue("pod", pod).log("Pod is left to the next");
    } finally {
      places.release();
    }
  }

  private void letGo(PodRef pod, Optional<PendingPod> seen) throws InterruptedException {
    LettingGo letting = work.apply(pod);
    Optional<Duration> pause = runAttempt(letting, pod, seen);
    while (pause.isPresent()) {
      places.release();
      try {
        Thread.sleep(pause.get());
      } finally {
        places.acquireUninterruptibly();
      }
      pause = runAttempt(letting, pod, Optional.empty());
    }
  }

  /// The one place that catches everything: no failure of an attempt may end the work on a pod.
  private Optional<Duration> runAttempt(LettingGo letting, PodRef pod, Optional<PendingPod> seen)
      throws InterruptedException {
    try {
      return letting.attempt(seen);
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).addKeyValue("pod", pod).log("Initializer failed, will try again");
      letting.giveUp(e.getClass().getSimpleName());
      return Optional.of(pauseAfterDefect);
    }
  }

  /// False when it is worked on already, and is noted to be looked at again.
  private boolean begin(String uid) {
    lock.lock();
    try {
      return inWork.merge(uid, Sighting.NONE, (was, now) -> Sighting.AGAIN) == Sighting.NONE;
    } finally {
      lock.unlock();
    }
  }

  /// False when the work on it has ended.
  private boolean isSeenAgain(String uid) {
    lock.lock();
    try {
      return inWork.computeIfPresent(
              uid, (key, was) -> was == Sighting.AGAIN ? Sighting.NONE : null)
          != null;
    } finally {
      lock.unlock();
    }
  }
}
