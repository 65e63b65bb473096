package io.multijob.servo.conversation;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.multijob.protocol.Adjustment;
import io.multijob.protocol.Answer;
import io.multijob.protocol.Command;
import io.multijob.protocol.EventJson;
import io.multijob.servo.pod.ContainerState;
import io.multijob.servo.pod.ContainerState.Lifetime;
import io.multijob.servo.pod.ContainerState.Terminated;
import io.multijob.servo.pod.Pod;
import io.multijob.servo.pod.PodMoment;
import io.multijob.servo.pod.PodRef;
import io.multijob.servo.report.Outbox;
import io.multijob.servo.report.Reply;
import io.multijob.servo.report.Report;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the service of each pod that is seen to have been made with its values: ADJUSTMENT, by way
/// of the outbox, and, when the service has that, one more WHATS_NEXT. An ADJUST in answer to it is
/// kept for the app's next pod.
///
/// Each pod is told of once for an outbox; one that sees the pods anew, as after a takeover, tells
/// of those that live once more, with the same id.
///
/// Thread-safe. Nobody who calls it waits.
public final class AdjustmentTeller implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AdjustmentTeller.class);

  private static final int MAX_PUTS = 5_000;
  private static final int MAX_QUESTIONS = 64;
  private static final int MAX_REMEMBERED = 10_000;
  private static final Duration ANSWER_TIME = Duration.ofSeconds(10);
  private static final Duration RETRY = Duration.ofSeconds(1);

  /// A pod that ended longer ago was told of before we came.
  private static final Duration LONG_AGO = Duration.ofMinutes(10);

  private final Outbox outbox;
  private final Runnable dispatcher;
  private final Conversations conversations;
  private final FurtherAdjustments further;
  private final InstantSource clock;
  private final RecentUids told = new RecentUids();
  private final Semaphore puts = new Semaphore(MAX_PUTS);
  private final Semaphore questions = new Semaphore(MAX_QUESTIONS);
  private final Set<String> asked = ConcurrentHashMap.newKeySet(); // apps, now
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("adjustment-", 0).factory());

  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private final Map<String, PodRef> unacknowledged = new LinkedHashMap<>();

  /// @param dispatcher is run when there is more to be delivered
  /// @param further is told of what the service wants next
  public AdjustmentTeller(
      Outbox outbox,
      Runnable dispatcher,
      Conversations conversations,
      FurtherAdjustments further,
      InstantSource clock) {
    this.outbox = outbox;
    this.dispatcher = dispatcher;
    this.conversations = conversations;
    this.further = further;
    this.clock = clock;
  }

  /// The pod is as given. Told each time that it is seen.
  public void seen(Pod pod) {
    if (!pod.marks().adjusted() || pod.marks().reported() || !pod.ours() || endedLongAgo(pod)) {
      return;
    }
    if (!told.add(pod.uid())) {
      return;
    }
    if (!puts.tryAcquire()) {
      told.remove(pod.uid()); // for when it is seen again
      return;
    }
    PodRef ref = pod.identity().toRef();
    String appId = pod.app().id();
    start(puts, () -> tell(ref, appId));
  }

  /// The service has acknowledged a report, of whatever kind.
  public void acknowledged(Report report) {
    if (!AdjustmentIds.isApplied(report.id())) {
      return;
    }
    Optional<PodRef> pod = recall(AdjustmentIds.podOf(report.id()));
    String appId = report.appId();
    if (!conversations.waitsFor(appId) || !asked.add(appId)) {
      return;
    }
    if (!questions.tryAcquire()) {
      asked.remove(appId);
      return;
    }
    start(
        questions,
        () -> {
          asked.remove(appId); // what comes from here on is asked for by a question of its own
          askWhatIsNext(appId, pod);
        });
  }

  /// Gives up what is under way: pods are seen again at the next start.
  @Override
  public void close() {
    threads.shutdownNow();
  }

  private boolean endedLongAgo(Pod pod) {
    Instant limit = clock.instant().minus(LONG_AGO);
    ContainerState state = pod.workloadState();
    if (state instanceof Terminated ended && ended.lifetime() instanceof Lifetime.Lived lived) {
      return lived.finished().isBefore(limit);
    }
    return pod.status().phase().ended()
        && pod.times().at(PodMoment.CREATED).filter(created -> created.isBefore(limit)).isPresent();
  }

  private void tell(PodRef pod, String appId) throws InterruptedException {
    Report report =
        new Report(
            AdjustmentIds.applied(pod.uid()), appId, EventJson.write(new Adjustment.Applied()));
    remember(pod);
    for (int failures = 0; !put(report, failures); failures++) {
      Thread.sleep(RETRY);
    }
    dispatcher.run();
  }

  private boolean put(Report report, int failures) throws InterruptedException {
    try {
      outbox.put(report);
      return true;
    } catch (IOException e) {
      if (failures == 0) {
        LOG.atWarn()
            .addKeyValue("report", report.id())
            .addKeyValue("reason", e.getMessage())
            .log("Adjustment cannot be told yet, will try again");
      }
      return false;
    }
  }

  private void askWhatIsNext(String appId, Optional<PodRef> pod) throws InterruptedException {
    Reply reply = conversations.questions().ask(appId, ANSWER_TIME);
    if (reply instanceof Reply.Answered(Answer.Commanded(Command.Adjust command))
        && pod.isPresent()) {
      further.wanted(appId, pod.get(), command);
    }
  }

  private void remember(PodRef pod) {
    lock.lock();
    try {
      unacknowledged.put(pod.uid(), pod);
      if (unacknowledged.size() > MAX_REMEMBERED) {
        unacknowledged.remove(unacknowledged.keySet().iterator().next());
      }
    } finally {
      lock.unlock();
    }
  }

  private Optional<PodRef> recall(String uid) {
    lock.lock();
    try {
      return Optional.ofNullable(unacknowledged.remove(uid));
    } finally {
      lock.unlock();
    }
  }

  /// Does an errand, for which there is a place, on a thread of its own.
  private void start(Semaphore places, Errand errand) {
    try {
      threads.execute(() -> run(places, errand));
    } catch (RejectedExecutionException e) {
      places.release(); // closed
    }
  }

  /// The one place of its thread that catches everything.
  private static void run(Semaphore places, Errand errand) {
    try {
      errand.run();
    } catch (InterruptedException e) {
      LOG.atDebug().log("Stopped before all was told");
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).log("Adjustment was not told");
    } finally {
      places.release();
    }
  }

  /// What is done on a thread of its own.
  @FunctionalInterface
  private interface Errand {
    void run() throws InterruptedException;
  }
}
