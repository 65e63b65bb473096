package io.multijob.servo;

import io.multijob.servo.report.GlobalEvents;
import io.multijob.servo.watch.Scope;
import io.multijob.servo.watch.WatchListener;
import io.multijob.servo.watch.WatchProblem;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the service how the watches fare: HELLO once, when all of them stand, and DIAG when one
/// keeps failing, at most once a minute.
///
/// Thread-safe.
final class Announcer implements WatchListener {
  private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);

  private static final Duration BETWEEN_DIAGS = Duration.ofMinutes(1);

  private final GlobalEvents events;
  private final InstantSource clock;
  private final List<String> namespaces;
  private final Set<Scope> notStanding = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean greeted = new AtomicBoolean();
  private final AtomicReference<Instant> lastDiag = new AtomicReference<>(Instant.MIN);

  Announcer(GlobalEvents events, Set<Scope> scopes, InstantSource clock) {
    this.events = events;
    this.clock = clock;
    this.namespaces = scopes.stream().map(Scope::toString).sorted().toList();
    this.notStanding.addAll(scopes);
  }

  @Override
  public void received(Scope scope) {
    // Nothing that a service wants to know.
  }

  @Override
  public void listed(Scope scope, int pods) {
    LOG.atInfo().addKeyValue("namespace", scope).addKeyValue("pods", pods).log("Pods are listed");
  }

  @Override
  public void watching(Scope scope) {
    notStanding.remove(scope);
    if (notStanding.isEmpty() && greeted.compareAndSet(false, true)) {
      LOG.atInfo().addKeyValue("namespaces", namespaces).log("Watching");
      events.hello(namespaces);
    }
  }

  @Override
  public void failed(Scope scope, WatchProblem problem, int failures) {
    Instant now = clock.instant();
    Instant last = lastDiag.get();
    boolean worthTelling = failures > 1 && last.isBefore(now.minus(BETWEEN_DIAGS));
    if (worthTelling && lastDiag.compareAndSet(last, now)) {
      events.diag(
          "watch of " + scope + " failed " + failures + " times in a row", problem.message());
    }
  }
}
