package io.multijob.cli;

import java.lang.management.ManagementFactory;

/// A workload: two threads that each use half a second of CPU.
final class BurnOnTwoThreads {
  private static final long NANOS_PER_THREAD = 500_000_000;

  private BurnOnTwoThreads() {}

  public static void main(String[] arguments) throws InterruptedException {
    Thread other = Thread.ofPlatform().start(BurnOnTwoThreads::burn);
    burn();
    other.join();
  }

  private static void burn() {
    var threads = ManagementFactory.getThreadMXBean();
    while (threads.getCurrentThreadCpuTime() < NANOS_PER_THREAD) {
      Thread.onSpinWait();
    }
  }
}
