package io.multijob.servo.policy;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.multijob.servo.adjustment.PodSettings;
import io.multijob.servo.kubernetes.KubernetesApi;
import io.multijob.servo.policy.NamespaceWriter.Outcome;
import io.multijob.servo.policy.SettingsListener.Cause;
import io.multijob.servo.policy.WaitingChanges.Batch;
import io.multijob.servo.retry.Backoff;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the settings of apps where the policy reads them: in the annotations of their namespaces.
///
/// Who tells it does not wait. What is told while a write is under way goes together into the next
/// one. Nothing is kept over a restart: the namespace has what was written.
///
/// Thread-safe. Everything is written on one thread, its own.
public final class SettingsKeeper implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SettingsKeeper.class);

  /// Of the 256 KiB that the API server takes, some are others'.
  private static final int BOUND = 240 * 1024;

  private static final int PLACES = 20_000;
  private static final int APPS_REMEMBERED = 4_096; // of a namespace
  private static final Duration DENIAL = Duration.ofSeconds(30);
  private static final Duration IDLE = Duration.ofMinutes(1);

  /// How long what was written is not looked after when it is told again.
  private static final Duration TRUST = Duration.ofMinutes(1);

  private static final Duration DRAIN = Duration.ofSeconds(2);
  private static final Backoff BACKOFF =
      new Backoff(Duration.ofMillis(200), Duration.ofSeconds(15));

  private static final Pattern ANNOTATION =
      Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");

  private final NamespaceWriter writer;
  private final SettingsListener listener;
  private final InstantSource clock;
  private final int bound;
  private final Thread thread = Thread.ofVirtual().name("settings-keeper").unstarted(this::run);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  @GuardedBy("lock")
  private final WaitingChanges waiting = new WaitingChanges(PLACES, DENIAL);

  @GuardedBy("lock")
  private final Set<Cause> said = EnumSet.noneOf(Cause.class);

  @GuardedBy("lock")
  private boolean underWay;

  @GuardedBy("lock")
  private boolean closing;

  /// What each namespace has by our doing, what we were told of longest ago first.
  @GuardedBy("lock")
  private final Map<String, SequencedMap<String, Known>> known = new HashMap<>();

  // All below belong to the thread.
  private final Set<String> lost = new HashSet<>(); // of the write under way: has no room
  private final SplittableRandom random = new SplittableRandom();
  private int failures; // in a row
  private Instant notBefore = Instant.MIN;

  /// The value of an annotation, and when it was last seen to be there.
  private record Known(String value, Instant seen) {
    boolean stands(String wanted, Instant now) {
      return value.equals(wanted) && now.isBefore(seen.plus(TRUST));
    }
  }

  public SettingsKeeper(KubernetesApi api, SettingsListener listener, InstantSource clock) {
    this(new NamespacePatches(api), listener, clock, BOUND);
  }

  SettingsKeeper(
      NamespaceWriter writer, SettingsListener listener, InstantSource clock, int bound) {
    this.writer = writer;
    this.listener = listener;
    this.clock = clock;
    this.bound = bound;
  }

  public void start() {
    thread.start();
  }

  /// The policy gives `settings` to the app's pods that are made from now on.
  ///
  /// @param settings [PodSettings#NONE] for none any more
  public void put(String namespace, String app, PodSettings settings) {
    if (!ANNOTATION.matcher(app).matches()) {
      if (!settings.isEmpty()) {
        left(Cause.NO_NAME, namespace, app);
      }
      return;
    }
    String annotation = PolicyNotes.SETTINGS_PREFIX + app;
    String value = settings.toString();
    lock.lock();
    try {
      SequencedMap<String, Known> ours = known.getOrDefault(namespace, new LinkedHashMap<>());
      Known before = ours.remove(annotation);
      if (before != null && before.stands(value, clock.instant())) {
        ours.putLast(annotation, before);
      } else if (waiting.put(namespace, annotation, value)) {
        changed.signalAll();
      } else {
        left(Cause.NO_PLACE, namespace, app);
      }
    } finally {
      lock.unlock();
    }
  }

  /// Whether the policy gives settings to the app's pods, as the namespace has it now; true as well
  /// where we may not read the namespace, for somebody may have been allowed to write it.
  ///
  /// @throws IOException if it cannot be read now
  public boolean has(String namespace, String app) throws IOException, InterruptedException {
    AtomicBoolean found = new AtomicBoolean();
    Outcome outcome =
        writer.write(
            namespace,
            present -> {
              found.set(present.containsKey(PolicyNotes.SETTINGS_PREFIX + app));
              return Map.of();
            });
    return switch (outcome) {
      case Outcome.Unchanged(), Outcome.Written() -> found.get();
      case Outcome.Gone() -> false;
      case Outcome.Denied _, Outcome.Refused _ -> true;
      case Outcome.Later(String reason, var atLeast) ->
          throw new IOException("namespace " + namespace + " cannot be read: " + reason);
    };
  }

  /// What keeps settings from being written, if anything does.
  public Optional<String> problem() {
    lock.lock();
    try {
      Set<String> denied = waiting.denied();
      return denied.isEmpty()
          ? Optional.empty()
          : Optional.of("no permission to get and patch namespaces " + String.join(", ", denied));
    } finally {
      lock.unlock();
    }
  }

  /// How many changes wait to be written.
  public int waiting() {
    lock.lock();
    try {
      return waiting.size() + (underWay ? 1 : 0);
    } finally {
      lock.unlock();
    }
  }

  /// Lets what waits be written as far as the time goes.
  @Override
  public void close() {
    lock.lock();
    try {
      closing = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      if (thread.isAlive() && !thread.join(DRAIN)) {
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
  }

  /// Counted each time, and said the first time.
  private void left(Cause cause, String namespace, String what) {
    listener.left(cause);
    lock.lock();
    try {
      if (said.add(cause)) {
        LOG.atWarn()
            .addKeyValue("namespace", namespace)
            .addKeyValue("what", what)
            .addKeyValue("reason", reason(cause))
            .log("Settings are not kept for the policy; said once");
      }
    } finally {
      lock.unlock();
    }
  }

  private static String reason(Cause cause) {
    return switch (cause) {
      case NO_NAME -> "the app id cannot be the name of an annotation (63 letters, digits, -_.)";
      case NO_ROOM -> "the namespace's annotations are full";
      case OLDEST -> "the namespace's annotations are full; these were of longest ago";
      case NO_PLACE -> "too many changes wait to be written";
    };
  }

  private void run() {
    try {
      Optional<Batch> batch = take();
      while (batch.isPresent()) {
        write(batch.get());
        batch = take();
      }
    } catch (InterruptedException e) {
      LOG.atDebug().log("Settings keeper stopped");
    }
  }

  /// Waits for what can be written; nothing when there will be none.
  private Optional<Batch> take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (true) {
        Instant now = clock.instant();
        Optional<Batch> batch = now.isBefore(notBefore) ? Optional.empty() : waiting.next(now);
        if (batch.isPresent() || closing) {
          underWay = batch.isPresent();
          return batch;
        }
        long _ = changed.awaitNanos(untilNext(now));
      }
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private long untilNext(Instant now) {
    Optional<Instant> next = waiting.nextTime();
    if (next.isEmpty()) {
      return IDLE.toNanos();
    }
    Instant due = next.get().isAfter(notBefore) ? next.get() : notBefore;
    return due.isAfter(now) ? Duration.between(now, due).toNanos() : 0;
  }

  /// The one place of its thread that catches everything.
  private void write(Batch batch) throws InterruptedException {
    Outcome outcome = new Outcome.Later("interrupted", Duration.ZERO);
    try {
      outcome = writer.write(batch.namespace(), present -> plan(batch, present));
    } catch (RuntimeException e) {
      LOG.atError()
          .setCause(e)
          .addKeyValue("namespace", batch.namespace())
          .log("Settings could not be written");
      outcome = new Outcome.Refused(e.getClass().getSimpleName());
    } finally {
      conclude(batch, outcome);
    }
  }

  private Map<String, String> plan(Batch batch, Map<String, String> present) {
    AnnotationPlan plan = AnnotationPlan.of(present, batch.changes(), told(batch), bound);
    plan.oldest().forEach(name -> left(Cause.OLDEST, batch.namespace(), name));
    plan.refused().forEach(name -> left(Cause.NO_ROOM, batch.namespace(), name));
    lost.clear();
    lost.addAll(plan.oldest());
    lost.addAll(plan.refused());
    return plan.changes();
  }

  private SequencedSet<String> told(Batch batch) {
    lock.lock();
    try {
      SequencedMap<String, Known> ours = known.get(batch.namespace());
      SequencedSet<String> told = new LinkedHashSet<>(ours == null ? Set.of() : ours.keySet());
      batch.changes().keySet().forEach(told::addLast);
      return told;
    } finally {
      lock.unlock();
    }
  }

  private void conclude(Batch batch, Outcome outcome) {
    listener.attempted(outcome.getClass().getSimpleName().toLowerCase(Locale.ROOT));
    Instant now = clock.instant();
    lock.lock();
    try {
      underWay = false;
      switch (outcome) {
        case Outcome.Written(), Outcome.Unchanged() -> {
          allowed(batch.namespace());
          remember(batch, now);
        }
        case Outcome.Gone() -> {
          allowed(batch.namespace());
          known.remove(batch.namespace());
        }
        case Outcome.Denied(String reason) -> {
          waiting.putBack(batch);
          if (waiting.deny(batch.namespace(), now)) {
            complain(batch, reason, "Not allowed to keep settings for the policy");
          }
        }
        case Outcome.Refused(String reason) ->
            complain(batch, reason, "Settings for the policy were refused");
        case Outcome.Later(String reason, Duration atLeast) -> {
          waiting.putBack(batch);
          failures++;
          Duration pause = BACKOFF.pause(failures, random);
          notBefore = now.plus(pause.compareTo(atLeast) < 0 ? atLeast : pause);
          LOG.atDebug().addKeyValue("reason", reason).log("Settings will be written later");
        }
      }
      if (!(outcome instanceof Outcome.Later)) {
        failures = 0;
      }
    } finally {
      lock.unlock();
    }
  }

  /// What was told meanwhile is newer than what was written.
  @GuardedBy("lock")
  private void remember(Batch batch, Instant now) {
    SequencedMap<String, Known> ours =
        known.computeIfAbsent(batch.namespace(), _ -> new LinkedHashMap<>());
    batch
        .changes()
        .forEach((name, value) -> {
          if (!waiting.has(batch.namespace(), name)) {
            ours.putLast(name, new Known(value, now));
          }
        });
    ours.keySet().removeAll(lost);
    while (ours.size() > APPS_REMEMBERED) {
      ours.pollFirstEntry();
    }
  }

  @GuardedBy("lock")
  private void allowed(String namespace) {
    if (waiting.allow(namespace)) {
      LOG.atInfo().addKeyValue("namespace", namespace).log("Allowed to keep settings again");
    }
  }

  private static void complain(Batch batch, String reason, String message) {
    LOG.atWarn()
        .addKeyValue("namespace", batch.namespace())
        .addKeyValue("reason", reason)
        .log(message);
  }
}
