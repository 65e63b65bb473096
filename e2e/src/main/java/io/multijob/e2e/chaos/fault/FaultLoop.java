package io.multijob.e2e.chaos.fault;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/// Lets one fault strike again and again, with pauses between, until it is stopped.
///
/// Thread-safe.
public final class FaultLoop implements AutoCloseable {
  private final Fault fault;
  private final Duration pause;
  private final SplittableRandom random; // of the thread's
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final AtomicInteger strikes = new AtomicInteger();
  private final AtomicReference<Optional<String>> problem = new AtomicReference<>(Optional.empty());
  private final Thread thread;

  private FaultLoop(String name, Fault fault, Duration pause, SplittableRandom random) {
    this.fault = fault;
    this.pause = pause;
    this.random = random;
    this.thread = Thread.ofVirtual().name("fault-" + name).unstarted(this::run);
  }

  /// Begins with a pause.
  ///
  /// @param pause the mean between the end of one strike and the next
  public static FaultLoop start(String name, Fault fault, Duration pause, SplittableRandom random) {
    FaultLoop loop = new FaultLoop(name, fault, pause, random);
    loop.thread.start();
    return loop;
  }

  /// How often it has struck and was over.
  public int strikes() {
    return strikes.get();
  }

  /// What ended the loop before it was stopped.
  public Optional<String> problem() {
    return problem.get();
  }

  /// Lets it strike no more, and waits until what is broken is whole.
  public void stop() throws InterruptedException {
    stopping.countDown();
    thread.join();
  }

  @Override
  public void close() {
    stopping.countDown();
    thread.interrupt();
  }

  private void run() {
    try {
      while (!stopping.await(nextPause(), NANOSECONDS)) {
        fault.strike(random);
        strikes.incrementAndGet();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // given up
    } catch (Exception e) {
      problem.set(Optional.of(thread.getName() + ": " + e));
    }
  }

  private long nextPause() {
    return Math.round(pause.toNanos() * random.nextDouble(0.2, 1.8));
  }
}
