package io.multijob.sandbox.run;

import java.util.concurrent.Semaphore;

/// Lets only a few of those containers start at once whose start is waited for. The start of a JVM
/// keeps a core busy for some tenths of a second: twenty at once would take all cores from the pods
/// that are being measured, and from one another.
///
/// Thread-safe. In the order of arrival.
final class StartGate {
  private final Semaphore places;

  private StartGate(int places) {
    this.places = new Semaphore(places, true);
  }

  /// Leaves half of the cores to others, if there are two.
  static StartGate forCores(int cores) {
    return new StartGate(Math.max(1, cores / 2));
  }

  /// Takes a place, when there is one, until closed.
  Passage enter() throws InterruptedException {
    places.acquire();
    return places::release;
  }

  /// A place taken.
  @FunctionalInterface
  interface Passage extends AutoCloseable {
    @Override
    void close();
  }
}
