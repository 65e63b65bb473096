package io.multijob.optune.store;

import io.multijob.optune.run.Ending;
import io.multijob.optune.run.Run;
import io.multijob.protocol.Metric;

/// The sums over some runs, to which more are added. Not thread-safe.
final class Rollup {
  private final Distribution durations;
  private final Distribution cpuTimes;
  private final Distribution peakMemory;
  private long runs;
  private long failures;

  Rollup() {
    this(0, 0, new Distribution(), new Distribution(), new Distribution());
  }

  Rollup(
      long runs,
      long failures,
      Distribution durations,
      Distribution cpuTimes,
      Distribution peakMemory) {
    this.runs = runs;
    this.failures = failures;
    this.durations = durations;
    this.cpuTimes = cpuTimes;
    this.peakMemory = peakMemory;
  }

  void add(Run run) {
    runs++;
    failures += run.ending() == Ending.FAILED ? 1 : 0;
    run.metric(Metric.DURATION).ifPresent(durations::add);
    run.metric(Metric.CPU_TIME).ifPresent(cpuTimes::add);
    run.metric(Metric.MAX_MEMORY).ifPresent(peakMemory::add);
  }

  void addAll(Rollup other) {
    runs += other.runs;
    failures += other.failures;
    durations.addAll(other.durations);
    cpuTimes.addAll(other.cpuTimes);
    peakMemory.addAll(other.peakMemory);
  }

  long runs() {
    return runs;
  }

  long failures() {
    return failures;
  }

  Distribution durations() {
    return durations;
  }

  Distribution cpuTimes() {
    return cpuTimes;
  }

  Distribution peakMemory() {
    return peakMemory;
  }

  Summary summary() {
    return new Summary(
        runs, failures, Spread.of(durations), Spread.of(cpuTimes), Spread.of(peakMemory));
  }
}
