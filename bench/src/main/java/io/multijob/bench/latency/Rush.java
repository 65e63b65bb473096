package io.multijob.bench.latency;

import io.multijob.bench.api.ApiAddress;
import io.multijob.bench.pod.BenchPod;
import io.multijob.bench.pod.Variant;
import io.multijob.bench.rush.Schedule;
import io.multijob.bench.rush.Schedule.Task;
import io.multijob.bench.rush.Writes;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Pods that begin and end at a rate, whatever becomes of those before: the schedule waits for
/// nobody, so a moment of slowness counts for every pod that falls into it.
///
/// Used by one thread, once.
final class Rush {
  private static final Duration AHEAD = Duration.ofMillis(100);
  private static final Duration RUN = Duration.ofSeconds(1);

  private final ApiAddress server;
  private final String namespace;
  private final List<BenchPod> pods;
  private final Map<String, String> uids = new ConcurrentHashMap<>();
  private final Map<String, Long> ended = new ConcurrentHashMap<>();

  Rush(ApiAddress server, String namespace, List<BenchPod> pods) {
    this.server = server;
    this.namespace = namespace;
    this.pods = List.copyOf(pods);
  }

  /// Creates the pods, as fast as that goes.
  void create() throws Exception {
    long now = System.nanoTime();
    List<Task> tasks = new ArrayList<>();
    for (BenchPod pod : pods) {
      tasks.add(new Task(now, writes -> uids.put(pod.name(), writes.create(pod))));
    }
    new Schedule(server, namespace, tasks).work();
  }

  /// Lets them begin and, a second later, end.
  ///
  /// @param rate pods a second
  /// @param posts of podmon, for pods whose figures come so
  void run(int rate, Posts posts) throws Exception {
    long begin = System.nanoTime() + AHEAD.toNanos();
    List<Task> tasks = new ArrayList<>();
    for (int i = 0; i < pods.size(); i++) {
      BenchPod pod = pods.get(i);
      long runs = begin + i * 1_000_000_000L / rate;
      tasks.add(new Task(runs, writes -> writes.run(pod)));
      tasks.add(new Task(runs + RUN.toNanos(), writes -> end(pod, writes, posts)));
    }
    tasks.sort(Comparator.comparingLong(Task::due));
    new Schedule(server, namespace, tasks).work();
    posts.finish();
  }

  /// When the API server had answered that a pod has ended, by the pod's uid, as
  /// [System#nanoTime()].
  Map<String, Long> ended() {
    return ended;
  }

  private void end(BenchPod pod, Writes writes, Posts posts) throws IOException {
    String uid = uids.get(pod.name());
    if (uid == null) {
      throw new IllegalStateException(pod + " was not created");
    }
    ended.put(uid, writes.end(pod, uid));
    if (pod.variant() == Variant.POSTED) {
      posts.schedule(pod, uid);
    }
  }
}
