package io.multijob.bench.admission;

import io.multijob.bench.api.ApiAddress;
import io.multijob.bench.figure.Spread;
import io.multijob.bench.pod.BenchPod;
import io.multijob.bench.pod.Variant;
import io.multijob.bench.rush.Schedule;
import io.multijob.bench.rush.Schedule.Task;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Creates pods of many apps at a rate, and takes the time that each took.
///
/// Used by one thread.
final class Creations {
  static final int APPS = 1_000;

  private static final Duration AHEAD = Duration.ofMillis(100);
  private static final double NANOS_PER_MILLI = 1e6;

  private final ApiAddress server;
  private int rounds;

  Creations(ApiAddress server) {
    this.server = server;
  }

  /// The app that the pod of that number belongs to.
  static String app(int number) {
    return "export-" + number % APPS;
  }

  /// How long creations took, from when each was due to the API server's answer, in milliseconds.
  record Delays(double median, double p99) {
    static Delays of(Collection<Long> nanos) {
      double[] sorted =
          nanos.stream().mapToDouble(delay -> delay / NANOS_PER_MILLI).sorted().toArray();
      return new Delays(Spread.quantile(sorted, 0.5), Spread.quantile(sorted, 0.99));
    }
  }

  /// Creates `rate` pods a second for `seconds` in the namespace.
  Delays time(String namespace, int rate, int seconds) throws Exception {
    rounds++;
    Queue<Long> delays = new ConcurrentLinkedQueue<>();
    long begin = System.nanoTime() + AHEAD.toNanos();
    List<Task> tasks = new ArrayList<>();
    for (int i = 0; i < rate * seconds; i++) {
      BenchPod pod = new BenchPod("run-%d-%d".formatted(rounds, i), app(i), Variant.PLAIN);
      long due = begin + i * 1_000_000_000L / rate;
      tasks.add(
          new Task(
              due,
              writes -> {
                writes.create(pod);
                delays.add(System.nanoTime() - due);
              }));
    }
    new Schedule(server, namespace, tasks).work();
    return Delays.of(delays);
  }
}
