package io.multijob.servo.conversation;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.multijob.servo.retry.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.locks.ReentrantLock;

/// Decides whether the service is waited for: there is a [Gate] for all of it, and one for each
/// app.
///
/// An app whose conversations fail is not waited for by itself, and the others do not suffer: of
/// failures that follow each other the service's gate counts those of one app once, and each
/// conversation of any app that goes well takes back half of one. So one slow app never shuts it,
/// and a service that is dead is shut after three apps' pods.
///
/// The service is probed for the app that failed last, and then in turn for apps whose pods came
/// meanwhile: should the slow ones have shut it, one of the others opens it. An app of which no
/// more pods come is not probed for ever.
///
/// Thread-safe.
final class Breaker {
  /// So many apps that fail are told apart; beyond, the one that was longest silent is forgiven.
  private static final int MAX_APPS = 1_000;

  private final Backoff backoff;
  private final InstantSource clock;
  private final ReentrantLock lock = new ReentrantLock();

  @GuardedBy("lock")
  private final Gate service = new Gate();

  @GuardedBy("lock")
  private final Map<String, Gate> apps = new LinkedHashMap<>(); // those that failed lately

  @GuardedBy("lock")
  private final SplittableRandom random = new SplittableRandom();

  @GuardedBy("lock")
  private String lastFailed = "";

  @GuardedBy("lock")
  private String lastCame = ""; // while the service's gate was shut; not the one probed last

  @GuardedBy("lock")
  private String lastProbed = "";

  /// What a failure has shut.
  enum Shut {
    NOTHING,
    APP,
    SERVICE
  }

  /// What is to be probed.
  ///
  /// @param appId whose next step is asked for
  /// @param shut what opens if that goes well
  record Probe(String appId, Shut shut) {}

  /// @param backoff the pauses between probes
  Breaker(Backoff backoff, InstantSource clock) {
    this.backoff = backoff;
    this.clock = clock;
  }

  /// Why nobody waits for the service in this app's name; nothing if one may.
  Optional<String> objection(String appId) {
    lock.lock();
    try {
      if (service.isShut()) {
        lastCame = appId.equals(lastProbed) ? lastCame : appId;
        return Optional.of("the service is not waited for: " + service.reason());
      }
      Gate app = apps.get(appId);
      if (app == null || !app.isShut()) {
        return Optional.empty();
      }
      app.want();
      return Optional.of("the service is not waited for with this app: " + app.reason());
    } finally {
      lock.unlock();
    }
  }

  /// A conversation went well.
  void well(String appId) {
    lock.lock();
    try {
      service.well();
      Gate app = apps.get(appId);
      if (app != null) {
        app.well();
        forgetIfSound(appId, app);
      }
    } finally {
      lock.unlock();
    }
  }

  /// A conversation failed for want of an answer.
  ///
  /// @param atLeast how long the service asks us to wait
  Shut failed(String appId, String reason, Duration atLeast) {
    lock.lock();
    try {
      if (service.isShut()) {
        return Shut.NOTHING; // it began before
      }
      boolean another = !appId.equals(lastFailed);
      lastFailed = appId;
      Gate app = gateOf(appId);
      boolean shutsApp = app.failed(reason);
      if (shutsApp) {
        app.rest(backoff, atLeast, clock.instant(), random);
      }
      if (another && service.failed(reason)) {
        service.rest(backoff, atLeast, clock.instant(), random);
        lastCame = "";
        lastProbed = "";
        return Shut.SERVICE;
      }
      return shutsApp ? Shut.APP : Shut.NOTHING;
    } finally {
      lock.unlock();
    }
  }

  /// What is to be probed now, and by nobody else until [#probedWell] or [#probedBadly] is told.
  List<Probe> dueProbes(int limit) {
    lock.lock();
    try {
      List<Probe> due = new ArrayList<>();
      Instant now = clock.instant();
      if (service.isShut()) {
        if (!service.probeAt().isAfter(now)) {
          service.probing();
          lastProbed = lastProbed.isEmpty() || lastCame.isEmpty() ? lastFailed : lastCame;
          lastCame = "";
          due.add(new Probe(lastProbed, Shut.SERVICE));
        }
        return due;
      }
      apps.forEach((appId, app) -> {
        if (due.size() < limit && isProbed(app) && !app.probeAt().isAfter(now)) {
          app.probing();
          due.add(new Probe(appId, Shut.APP));
        }
      });
      return due;
    } finally {
      lock.unlock();
    }
  }

  /// A probe was answered in time.
  ///
  /// @return true if that has opened what was shut
  boolean probedWell(Probe probe) {
    lock.lock();
    try {
      boolean opens = probe.shut() == Shut.SERVICE && service.isShut();
      if (opens) {
        service.open();
        lastFailed = "";
      }
      Gate app = apps.get(probe.appId());
      if (app != null && app.isShut()) {
        app.open();
        opens = true;
      }
      return opens;
    } finally {
      lock.unlock();
    }
  }

  /// A probe was not answered in time.
  void probedBadly(Probe probe, Duration atLeast) {
    lock.lock();
    try {
      Gate gate = probe.shut() == Shut.SERVICE ? service : apps.get(probe.appId());
      if (gate != null && gate.isShut()) {
        gate.rest(backoff, atLeast, clock.instant(), random);
      }
    } finally {
      lock.unlock();
    }
  }

  /// When there is something to be probed; nothing while all is open.
  Optional<Instant> nextProbe() {
    lock.lock();
    try {
      if (service.isShut()) {
        return Optional.of(service.probeAt());
      }
      return apps.values().stream()
          .filter(Breaker::isProbed)
          .map(Gate::probeAt)
          .min(Instant::compareTo);
    } finally {
      lock.unlock();
    }
  }

  /// Why the service is not waited for at all; nothing if it is.
  Optional<String> problem() {
    lock.lock();
    try {
      return service.isShut() ? Optional.of(service.reason()) : Optional.empty();
    } finally {
      lock.unlock();
    }
  }

  /// How many apps the service is not waited for with, when it is with others.
  int shutApps() {
    lock.lock();
    try {
      return (int) apps.values().stream().filter(Gate::isShut).count();
    } finally {
      lock.unlock();
    }
  }

  private static boolean isProbed(Gate app) {
    return app.isShut() && app.isWanted();
  }

  @GuardedBy("lock")
  private Gate gateOf(String appId) {
    Gate known = apps.remove(appId);
    if (known == null && apps.size() == MAX_APPS) {
      apps.remove(apps.keySet().iterator().next());
    }
    Gate gate = known == null ? new Gate() : known;
    apps.put(appId, gate);
    return gate;
  }

  @GuardedBy("lock")
  private void forgetIfSound(String appId, Gate app) {
    if (app.isSound()) {
      apps.remove(appId);
    }
  }
}
