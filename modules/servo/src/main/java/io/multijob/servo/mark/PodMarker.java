package io.multijob.servo.mark;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.multijob.servo.kubernetes.KubernetesApi;
import io.multijob.servo.pod.PodRef;
import io.multijob.servo.retry.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes marks on pods, several at a time, each until it is written or of no use any more.
///
/// Who asks for one does not wait, and none is kept over a restart: what a pod bears is seen again
/// in the cluster, and what it lacks is asked for again.
///
/// Thread-safe.
public final class PodMarker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PodMarker.class);

  private static final int WORKERS = 8;
  private static final int PLACES = 20_000;
  private static final Duration DENIAL = Duration.ofSeconds(30);
  private static final Duration IDLE = Duration.ofMinutes(1);
  private static final Duration DRAIN = Duration.ofSeconds(3);
  private static final Backoff BACKOFF =
      new Backoff(Duration.ofMillis(100), Duration.ofSeconds(15));

  private final Marking marking;
  private final MarkWriter writer;
  private final MarkListener listener;
  private final InstantSource clock;
  private final List<Thread> threads = new ArrayList<>();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  @GuardedBy("lock")
  private final MarkQueue queue = new MarkQueue(PLACES, DENIAL);

  @GuardedBy("lock")
  private final SplittableRandom random = new SplittableRandom();

  @GuardedBy("lock")
  private Instant notBefore = Instant.MIN;

  @GuardedBy("lock")
  private int failures; // in a row, of all

  @GuardedBy("lock")
  private int underWay;

  @GuardedBy("lock")
  private boolean closing;

  @GuardedBy("lock")
  private Duration drain = DRAIN;

  /// Whether pods are marked as reported.
  public enum Marking {
    ON,
    OFF
  }

  public PodMarker(KubernetesApi api, Marking marking, MarkListener listener, InstantSource clock) {
    this(new PodPatches(api), marking, listener, clock);
  }

  PodMarker(MarkWriter writer, Marking marking, MarkListener listener, InstantSource clock) {
    this.marking = marking;
    this.writer = writer;
    this.listener = listener;
    this.clock = clock;
    for (int i = 0; i < WORKERS; i++) {
      threads.add(Thread.ofVirtual().name("pod-marker-" + i).unstarted(this::run));
    }
  }

  public void start() {
    threads.forEach(Thread::start);
  }

  /// The service has the run of this pod: marks it, and takes our finalizer away.
  public void reported(PodRef pod) {
    if (marking == Marking.ON) {
      put(new MarkTask(pod, Mark.REPORTED));
    }
  }

  /// Keeps the pod by our finalizer.
  public void hold(PodRef pod) {
    put(new MarkTask(pod, Mark.HOLD));
  }

  /// Takes our finalizer away, and nothing else.
  public void letGo(PodRef pod) {
    put(new MarkTask(pod, Mark.LET_GO));
  }

  /// How many marks wait to be written.
  public int waiting() {
    lock.lock();
    try {
      return queue.size() + underWay;
    } finally {
      lock.unlock();
    }
  }

  /// True while we may not patch pods somewhere: nothing more should be held then.
  public boolean denied() {
    lock.lock();
    try {
      return !queue.deniedNamespaces().isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /// What keeps marks from being written, if anything does.
  public Optional<String> problem() {
    lock.lock();
    try {
      var namespaces = queue.deniedNamespaces();
      return namespaces.isEmpty()
          ? Optional.empty()
          : Optional.of(
              "no permission to patch pods in "
                  + String.join(", ", new TreeSet<>(namespaces.keySet())));
    } finally {
      lock.unlock();
    }
  }

  /// Lets nothing be written any more when closed.
  public void abandon() {
    lock.lock();
    try {
      drain = Duration.ZERO;
    } finally {
      lock.unlock();
    }
  }

  /// Lets what waits be written as far as the time goes. What is left is asked for again at the
  /// next start.
  @Override
  public void close() {
    lock.lock();
    try {
      closing = true;
      long left = drain.toNanos();
      while (left > 0 && failures == 0 && (underWay > 0 || queue.hasReady())) {
        changed.signalAll();
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
    threads.forEach(Thread::interrupt);
  }

  private void put(MarkTask task) {
    lock.lock();
    try {
      if (!queue.put(task)) {
        listener.dropped();
      }
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    try {
      while (true) {
        write(take());
      }
    } catch (InterruptedException e) {
      LOG.atDebug().log("Pod marker stopped");
    }
  }

  private MarkTask take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (true) {
        Instant now = clock.instant();
        Optional<MarkTask> task = now.isBefore(notBefore) ? Optional.empty() : queue.next(now);
        if (task.isPresent()) {
          underWay++;
          return task.get();
        }
        long _ = changed.awaitNanos(untilNext(now));
      }
    } finally {
      lock.unlock();
    }
  }

  /// How long nothing is due, in nanoseconds.
  @GuardedBy("lock")
  private long untilNext(Instant now) {
    Optional<Instant> next = queue.nextTime();
    if (next.isEmpty()) {
      return IDLE.toNanos();
    }
    Instant due = next.get().isAfter(notBefore) ? next.get() : notBefore;
    return due.isAfter(now) ? Duration.between(now, due).toNanos() : 0;
  }

  /// The one place of its thread that catches everything.
  private void write(MarkTask task) throws InterruptedException {
    MarkResult result = new MarkResult.Later("interrupted", Duration.ZERO);
    try {
      result = writer.write(task);
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).addKeyValue("pod", task.pod()).log("Mark failed");
      result = new MarkResult.Refused(e.getClass().getSimpleName());
    } finally {
      conclude(task, result);
    }
  }

  private void conclude(MarkTask task, MarkResult result) {
    listener.attempted(
        task.mark().name().toLowerCase(Locale.ROOT),
        result.getClass().getSimpleName().toLowerCase(Locale.ROOT));
    lock.lock();
    try {
      underWay--;
      switch (result) {
        case MarkResult.Written(), MarkResult.Gone() -> wentWell(task);
        case MarkResult.Denied(String reason) -> denied(task, reason);
        case MarkResult.Refused(String reason) ->
            LOG.atWarn()
                .addKeyValue("pod", task.pod())
                .addKeyValue("reason", reason)
                .log("API server refused a mark on a pod");
        case MarkResult.Later(String reason, Duration atLeast) -> again(task, reason, atLeast);
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private void wentWell(MarkTask task) {
    if (failures > 0) {
      LOG.atInfo().log("Pods can be marked again");
    }
    failures = 0;
    notBefore = Instant.MIN;
    if (queue.allowed(task.pod())) {
      LOG.atInfo().addKeyValue("namespace", task.pod().namespace()).log("Pods can be marked again");
    }
  }

  @GuardedBy("lock")
  private void denied(MarkTask task, String reason) {
    if (queue.denied(task, clock.instant())) {
      LOG.atError()
          .addKeyValue("namespace", task.pod().namespace())
          .addKeyValue("reason", reason)
          .log("Pods cannot be marked for want of permission, the outbox alone keeps account");
    }
  }

  @GuardedBy("lock")
  private void again(MarkTask task, String reason, Duration atLeast) {
    failures++;
    if (failures == 1) {
      LOG.atWarn().addKeyValue("reason", reason).log("Pods cannot be marked, will try again");
    }
    Duration pause = BACKOFF.pause(failures, random);
    notBefore = clock.instant().plus(pause.compareTo(atLeast) < 0 ? atLeast : pause);
    if (!closing && !queue.put(task)) {
      listener.dropped();
    }
  }
}
