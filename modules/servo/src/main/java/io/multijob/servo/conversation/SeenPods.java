package io.multijob.servo.conversation;

import io.multijob.protocol.Command;
import io.multijob.protocol.Description;
import io.multijob.servo.conversation.Agreement.Freshness;
import io.multijob.servo.pod.Pod;
import io.multijob.servo.pod.PodMoment;
import io.multijob.servo.pod.PodRef;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/// Holds the conversation about a pod when it is first seen, where nobody asks before it starts:
/// what is agreed is for the app's next pod.
///
/// One conversation of an app at a time: pods that are seen meanwhile are of the same mind. A pod
/// that was made long before it is seen, as at our start, is not spoken of.
///
/// Thread-safe. Nobody who calls it waits.
public final class SeenPods implements FurtherAdjustments, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SeenPods.class);

  private static final int MAX_AT_ONCE = 128;
  private static final Duration NEW = Duration.ofMinutes(1);

  private final Conversations conversations;
  private final PodDesk desk;
  private final InstantSource clock;
  private final RecentUids seen = new RecentUids();
  private final Set<String> spokenOf = ConcurrentHashMap.newKeySet(); // apps, now
  private final Semaphore places = new Semaphore(MAX_AT_ONCE);
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("seen-pod-", 0).factory());

  /// What is done with pods and settings. Called by many threads; may block.
  public interface PodDesk {

    /// The pod's document; nothing if it is gone. Asked for only when it is needed, and once for
    /// each conversation.
    Optional<ObjectNode> fetch(PodRef pod) throws IOException, InterruptedException;

    /// What of the pod can be adjusted.
    Description describe(ObjectNode pod);

    /// The app's next pods should be given this, as it fits this pod.
    void agreed(String appId, ObjectNode pod, Command.Adjust command)
        throws IOException, InterruptedException;
  }

  public SeenPods(Conversations conversations, PodDesk desk, InstantSource clock) {
    this.conversations = conversations;
    this.desk = desk;
    this.clock = clock;
  }

  /// The pod is as given. Told each time that it is seen.
  public void seen(Pod pod) {
    if (!pod.ours() || !isNew(pod) || !seen.add(pod.uid())) {
      return;
    }
    PodRef ref = pod.identity().toRef();
    String appId = pod.app().id();
    if (!spokenOf.add(appId)) {
      return;
    }
    if (!places.tryAcquire()) {
      spokenOf.remove(appId);
      LOG.atDebug().addKeyValue("app", appId).log("Too many pods at once, one is not spoken of");
      return;
    }
    try {
      threads.execute(() -> run(appId, ref));
    } catch (RejectedExecutionException e) {
      places.release(); // closed
    }
  }

  @Override
  public void wanted(String appId, PodRef pod, Command.Adjust command) throws InterruptedException {
    agree(appId, new Document(pod), command);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  private boolean isNew(Pod pod) {
    Instant limit = clock.instant().minus(NEW);
    return !pod.status().phase().ended()
        && pod.times().at(PodMoment.CREATED).filter(at -> at.isAfter(limit)).isPresent();
  }

  /// The one place of its thread that catches everything.
  private void run(String appId, PodRef pod) {
    try {
      speak(appId, new Document(pod));
    } catch (InterruptedException e) {
      LOG.atDebug().log("Stopped before all was agreed");
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).addKeyValue("pod", pod).log("Pod could not be spoken of");
    } finally {
      spokenOf.remove(appId);
      places.release();
    }
  }

  private void speak(String appId, Document document) throws InterruptedException {
    Agreement agreement = conversations.before(appId, () -> desk.describe(document.require()));
    if (agreement instanceof Agreement.Adjust(Command.Adjust command, Freshness freshness)
        && freshness == Freshness.FRESH) { // what was kept is in force
      agree(appId, document, command);
    }
  }

  private void agree(String appId, Document document, Command.Adjust command)
      throws InterruptedException {
    try {
      Optional<ObjectNode> pod = document.fetch();
      if (pod.isPresent()) {
        desk.agreed(appId, pod.get(), command);
      }
    } catch (IOException e) {
      LOG.atWarn()
          .setCause(e)
          .addKeyValue("app", appId)
          .log("Adjustment is not in force before the next conversation");
      conversations.questions().kept().keepForNext(appId, command);
    }
  }

  /// A pod's document, fetched when it is needed.
  ///
  /// Used by one thread after another.
  private final class Document {
    private final PodRef pod;
    private volatile Optional<ObjectNode> fetched = Optional.empty();

    Document(PodRef pod) {
      this.pod = pod;
    }

    Optional<ObjectNode> fetch() throws IOException, InterruptedException {
      if (fetched.isEmpty()) {
        fetched = desk.fetch(pod);
      }
      return fetched;
    }

    ObjectNode require() {
      try {
        return fetch().orElseThrow(() -> new IOException("pod " + pod + " is gone"));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new UncheckedIOException(new IOException("interrupted", e));
      }
    }
  }
}
