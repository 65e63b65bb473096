package io.multijob.servo.restraint;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.multijob.servo.pod.Owner;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is withheld, from whom and until when.
///
/// Something that was withheld is given again
/// - when a later pod has it and fares well,
/// - when it is seen not to have been the reason: pods that do not have it are refused as well,
/// - when the service says something new of the app's adjustment, or a person takes the namespace's
///   label away ([NamespaceLabels]),
/// - for a trial, an hour after the harm was last seen; each trial that fails doubles the time, up
///   to a day.
///
/// Kept in memory only: after a restart the next harm is seen as the first was.
///
/// Thread-safe. Bounded: beyond [#MOST] the oldest is given up.
public final class Restraints {
  private static final Logger LOG = LoggerFactory.getLogger(Restraints.class);

  static final int MOST = 10_000;
  static final Duration FIRST_PAUSE = Duration.ofHours(1);
  static final Duration LONGEST_PAUSE = Duration.ofDays(1);

  /// A refusal that comes later than this after the beginning of a restraint is of a pod that was
  /// made after it.
  static final Duration IN_FLIGHT = Duration.ofSeconds(5);

  private static final int MOST_NOTED = 5;

  private final Injecting injecting;
  private final InstantSource clock;
  private final List<RestraintListener> listeners = new CopyOnWriteArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private final Map<Key, State> states = new LinkedHashMap<>();

  @GuardedBy("lock")
  private final MadeChanges made = new MadeChanges();

  /// How finely podmon can be withheld.
  public enum Injecting {
    /// Whoever injects asks us for each pod.
    BY_APP,
    /// A policy injects, which sees only the namespace's label.
    BY_NAMESPACE
  }

  private record Key(Change change, Reach reach) {}

  /// @param pause how long until the next trial
  private record State(Restraint restraint, Duration pause, Standing standing) {
    boolean active() {
      return standing == Standing.IN_FORCE;
    }

    /// True while a harm that is seen changes nothing: it is withheld, or not the reason.
    boolean lasts(Instant now) {
      return active() || (standing == Standing.ACQUITTED && now.isBefore(restraint.until()));
    }

    State prolonged(Instant now) {
      return new State(restraint.until(now.plus(pause)), pause, standing);
    }

    /// How long to wait when the trial has failed.
    Duration longerPause() {
      Duration doubled = pause.multipliedBy(2);
      return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }
  }

  private enum Standing {
    IN_FORCE,
    /// Given again for a trial.
    ON_TRIAL,
    /// It was not the reason.
    ACQUITTED
  }

  public Restraints(Injecting injecting, InstantSource clock) {
    this.injecting = injecting;
    this.clock = clock;
  }

  /// Adds one who is told from now on.
  public void tell(RestraintListener listener) {
    listeners.add(listener);
  }

  /// Has it told no more.
  void tellNoMore(RestraintListener listener) {
    listeners.remove(listener);
  }

  /// Whether podmon may be put into a pod of this app.
  public boolean mayInject(String namespace, String appId) {
    return !isInForce(Change.INJECTION, new Reach.Whole(namespace))
        && !isInForce(Change.INJECTION, new Reach.App(namespace, appId));
  }

  /// Whether a pod of this app may be adjusted.
  public boolean mayAdjust(String namespace, String appId) {
    return !isInForce(Change.ADJUSTMENT, new Reach.App(namespace, appId));
  }

  /// Notes that a pod was changed, in case that it is refused.
  ///
  /// @param owner what makes the pod, as the pod names it: not under its stable name
  /// @param changes what was done; at least one
  public void changed(String namespace, Owner owner, String appId, Set<Change> changes) {
    lock.lock();
    try {
      made.note(namespace, owner, new MadeChanges.Made(appId, changes, clock.instant()));
    } finally {
      lock.unlock();
    }
  }

  /// The service has said something new of this app's adjustment: what was refused before need not
  /// be now.
  public void settingsAreNew(String appId) {
    lock.lock();
    try {
      for (State state : List.copyOf(states.values())) {
        if (state.restraint().change() == Change.ADJUSTMENT
            && state.restraint().reach() instanceof Reach.App app
            && app.appId().equals(appId)) {
          forget(state, "the service has new settings");
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /// All that is withheld now, the oldest first.
  public List<Restraint> current() {
    lock.lock();
    try {
      return states.values().stream().filter(State::active).map(State::restraint).toList();
    } finally {
      lock.unlock();
    }
  }

  /// The same for a person, in one line: `none` when nothing is withheld.
  public String note() {
    List<Restraint> all = current();
    if (all.isEmpty()) {
      return "none";
    }
    List<String> lines = new ArrayList<>();
    all.stream().limit(MOST_NOTED).map(Restraint::toString).forEach(lines::add);
    if (all.size() > MOST_NOTED) {
      lines.add((all.size() - MOST_NOTED) + " more");
    }
    return String.join("; ", lines);
  }

  /// The harm is seen: ends the change there, or lets that go on.
  void withhold(Change change, Reach reach, String reason, ObjectRef about) {
    Instant now = clock.instant();
    Key key = new Key(change, reach);
    lock.lock();
    try {
      Optional<State> before = Optional.ofNullable(states.get(key));
      if (before.isPresent() && before.get().lasts(now)) {
        if (before.get().active()) {
          states.put(key, before.get().prolonged(now));
        }
        return;
      }
      Duration pause = before.map(State::longerPause).orElse(FIRST_PAUSE);
      Restraint restraint = new Restraint(change, reach, reason, about, now, now.plus(pause));
      states.remove(key); // the youngest goes last
      states.put(key, new State(restraint, pause, Standing.IN_FORCE));
      LOG.atWarn()
          .addKeyValue("namespace", reach.namespace())
          .addKeyValue("change", change)
          .addKeyValue("reach", reach)
          .addKeyValue("reason", reason)
          .log("A change of ours harms and is withheld");
      listeners.forEach(listener -> listener.withheld(restraint));
      if (states.size() > MOST) {
        forget(states.values().iterator().next(), "too much else is withheld");
      }
    } finally {
      lock.unlock();
    }
  }

  /// The harm that began the restraint goes on: there is no trial meanwhile. What was given again
  /// stays given.
  void prolong(Change change, Reach reach) {
    lock.lock();
    try {
      State state = states.get(new Key(change, reach));
      if (state != null && state.active()) {
        states.put(new Key(change, reach), state.prolonged(clock.instant()));
      }
    } finally {
      lock.unlock();
    }
  }

  /// A pod of this owner was refused.
  ///
  /// @param beyond what is known of changes that we were not told of
  void refused(Refusal refusal, Optional<ChangeSource.Made> beyond) {
    lock.lock();
    try {
      Optional<MadeChanges.Made> ours = made.of(refusal.owner(), clock.instant());
      if (ours.isPresent()) {
        for (Change change : refusal.concerns(ours.get().changes())) {
          Reach reach = reach(change, refusal.owner().namespace(), ours.get().appId());
          if (isInnocent(change, reach, ours.get())) {
            acquit(change, reach);
          } else {
            withhold(change, reach, refusal.message(), refusal.owner());
          }
        }
      } else if (beyond.isPresent()) {
        for (Change change : refusal.concerns(beyond.get().changes())) {
          Reach reach = reach(change, refusal.owner().namespace(), beyond.get().appId());
          withhold(change, reach, refusal.message(), refusal.owner());
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /// True when we have told what we did to this owner's pods.
  boolean knows(ObjectRef owner) {
    lock.lock();
    try {
      return made.of(owner, clock.instant()).isPresent();
    } finally {
      lock.unlock();
    }
  }

  /// A pod that was created then has podmon, and podmon runs: what was withheld since before that
  /// does no harm any more.
  void workedFor(Reach reach, Instant created) {
    lock.lock();
    try {
      State state = states.get(new Key(Change.INJECTION, reach));
      if (state != null && state.active() && created.isAfter(state.restraint().since())) {
        forget(state, "a later pod has podmon and fares well");
      }
    } finally {
      lock.unlock();
    }
  }

  /// Gives the change again.
  void lift(Change change, Reach reach, String why) {
    lock.lock();
    try {
      State state = states.get(new Key(change, reach));
      if (state != null) {
        forget(state, why);
      }
    } finally {
      lock.unlock();
    }
  }

  /// Gives again for a trial what was withheld long enough, and forgets trials that went well.
  void expire() {
    Instant now = clock.instant();
    lock.lock();
    try {
      for (Map.Entry<Key, State> entry : List.copyOf(states.entrySet())) {
        State state = entry.getValue();
        Instant until = state.restraint().until();
        if (state.active() && !now.isBefore(until)) {
          states.put(
              entry.getKey(), new State(state.restraint(), state.pause(), Standing.ON_TRIAL));
          lifted(state.restraint(), "tried again");
        } else if (!state.active() && now.isAfter(until.plus(LONGEST_PAUSE))) {
          states.remove(entry.getKey());
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /// Forgets what is withheld from whole namespaces: another sees to it from now on.
  void forgetNamespaces() {
    lock.lock();
    try {
      for (State state : List.copyOf(states.values())) {
        if (state.restraint().reach() instanceof Reach.Whole) {
          forget(state, "another replica sees to it");
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean isInForce(Change change, Reach reach) {
    lock.lock();
    try {
      State state = states.get(new Key(change, reach));
      return state != null && state.active();
    } finally {
      lock.unlock();
    }
  }

  private Reach reach(Change change, String namespace, String appId) {
    return change == Change.INJECTION && injecting == Injecting.BY_NAMESPACE
        ? new Reach.Whole(namespace)
        : new Reach.App(namespace, appId);
  }

  /// True when the refused pod cannot have had the change: it was withheld, and nobody made it.
  @GuardedBy("lock")
  private boolean isInnocent(Change change, Reach reach, MadeChanges.Made ours) {
    State state = states.get(new Key(change, reach));
    return state != null
        && state.active()
        && reach instanceof Reach.App
        && !ours.last().isAfter(state.restraint().since())
        && clock.instant().isAfter(state.restraint().since().plus(IN_FLIGHT));
  }

  @GuardedBy("lock")
  private void acquit(Change change, Reach reach) {
    Key key = new Key(change, reach);
    State state = states.get(key);
    if (state != null) {
      Restraint restraint = state.restraint();
      Restraint past = restraint.until(clock.instant().plus(FIRST_PAUSE));
      states.put(key, new State(past, FIRST_PAUSE, Standing.ACQUITTED));
      lifted(restraint, "pods without it are refused as well");
    }
  }

  @GuardedBy("lock")
  private void forget(State state, String why) {
    Restraint restraint = state.restraint();
    states.remove(new Key(restraint.change(), restraint.reach()));
    if (state.active()) {
      lifted(restraint, why);
    }
  }

  @GuardedBy("lock")
  private void lifted(Restraint restraint, String why) {
    LOG.atInfo()
        .addKeyValue("namespace", restraint.reach().namespace())
        .addKeyValue("change", restraint.change())
        .addKeyValue("reach", restraint.reach())
        .addKeyValue("reason", why)
        .log("A change of ours is not withheld any more");
    listeners.forEach(listener -> listener.lifted(restraint));
  }
}
