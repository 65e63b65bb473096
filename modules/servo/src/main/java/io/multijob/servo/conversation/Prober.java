package io.multijob.servo.conversation;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.multijob.servo.loop.PassLoop;
import io.multijob.servo.report.Reply;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sees whether a service that is not waited for would answer in time again. A probe is a
/// WHATS_NEXT, to which the service may say what it likes: an ADJUST is kept for the app's next
/// pod, and the rest is not heard.
///
/// Thread-safe. One thread, the prober's own, sees to it that probes are made when they are due.
final class Prober implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Prober.class);

  private static final int MAX_PROBES = 8;
  private static final Duration IDLE = Duration.ofMinutes(1);

  private final Breaker breaker;
  private final SideQuestions questions;
  private final Duration patience;
  private final InstantSource clock;
  private final Semaphore wakeUps = new Semaphore(0);
  private final ExecutorService probes =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("probe-", 0).factory());
  private final PassLoop loop = new PassLoop("prober", this::runPass);

  /// @param patience a probe that takes longer has failed
  Prober(Breaker breaker, SideQuestions questions, Duration patience, InstantSource clock) {
    this.breaker = breaker;
    this.questions = questions;
    this.patience = patience;
    this.clock = clock;
  }

  void start() {
    loop.start();
  }

  /// Something was shut.
  void wake() {
    wakeUps.release();
  }

  @Override
  public void close() {
    loop.close();
    probes.shutdownNow();
  }

  private void runPass() throws InterruptedException {
    Duration pause = probeDue();
    if (pause.isPositive() && wakeUps.tryAcquire(pause.toNanos(), NANOSECONDS)) {
      int _ = wakeUps.drainPermits();
    }
  }

  /// Makes the probes that are due, and returns how long to pause unless something wakes us.
  Duration probeDue() throws InterruptedException {
    List<Callable<Boolean>> due = new ArrayList<>();
    for (Breaker.Probe probe : breaker.dueProbes(MAX_PROBES)) {
      due.add(() -> probe(probe));
    }
    probes.invokeAll(due);
    Optional<Instant> next = breaker.nextProbe();
    return next.map(at -> Duration.between(clock.instant(), at))
        .filter(until -> until.compareTo(IDLE) < 0)
        .orElse(IDLE);
  }

  private boolean probe(Breaker.Probe probe) throws InterruptedException {
    Reply reply = new Reply.Unreachable("interrupted", Duration.ZERO);
    try {
      reply = questions.ask(probe.appId(), patience);
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).addKeyValue("app", probe.appId()).log("Probe failed");
    } finally {
      conclude(probe, reply);
    }
    return true;
  }

  private void conclude(Breaker.Probe probe, Reply reply) {
    if (reply instanceof Reply.Unreachable(String reason, Duration pause)) {
      LOG.atDebug()
          .addKeyValue("app", probe.appId())
          .addKeyValue("reason", reason)
          .log("No answer");
      breaker.probedBadly(probe, pause);
    } else if (breaker.probedWell(probe)) {
      LOG.atInfo().addKeyValue("app", probe.appId()).log("Service is waited for again");
    }
  }
}
