package io.multijob.cli;

import io.multijob.sandbox.run.client.ListWatch;
import io.multijob.servo.pod.AppIdPath;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What became of the pods and Jobs of a sandbox, seen from outside: the API server's word that
/// they have ended, and the service's that it has their runs.
///
/// Thread-safe: whatever is private is called with the lock held.
final class Outcome {
  private final Sandbox sandbox;
  private final AppIdPath path;
  private final Consumer<StoredRun> onRun;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  private final Map<String, Seen> pods = new LinkedHashMap<>(); // by uid, guarded by lock

  private final Map<String, Boolean> jobs =
      new LinkedHashMap<>(); // whether ended, by uid, guarded by lock

  private final List<StoredRun> runs = new ArrayList<>(); // guarded by lock

  /// A pod as it was last seen.
  ///
  /// @param ours whether it has an app id, and is to be reported
  private record Seen(String name, boolean ours, boolean ended) {}

  /// @param onRun is given each run that the service has stored
  Outcome(Sandbox sandbox, Consumer<StoredRun> onRun) {
    this.sandbox = sandbox;
    this.path = sandbox.appIdPath();
    this.onRun = onRun;
  }

  /// Begins to look.
  void follow() {
    sandbox.followRuns(this::stored);
    sandbox.followPods(new Sink(this::pod));
    sandbox.followJobs(new Sink(this::job));
  }

  /// The runs that the service has stored, in its order.
  List<StoredRun> runs() {
    lock.lock();
    try {
      return List.copyOf(runs);
    } finally {
      lock.unlock();
    }
  }

  /// Waits until all that was created has ended, and each pod with an app id is reported.
  ///
  /// @param created the uids of the pods and Jobs
  /// @return what is not as it should be, a line each; nothing when all is well
  List<String> await(List<String> created, Duration limit) throws InterruptedException {
    lock.lock();
    try {
      long left = limit.toNanos();
      while (!settled(created) && left > 0) {
        left = changed.awaitNanos(left);
      }
      return problems();
    } finally {
      lock.unlock();
    }
  }

  private boolean settled(List<String> created) {
    return created.stream().allMatch(uid -> pods.containsKey(uid) || jobs.containsKey(uid))
        && jobs.values().stream().allMatch(ended -> ended)
        && pods.entrySet().stream()
            .allMatch(pod ->
                pod.getValue().ended() && (!pod.getValue().ours() || reports(pod.getKey()) > 0));
  }

  private List<String> problems() {
    List<String> problems = new ArrayList<>();
    pods.forEach((uid, pod) -> {
      long reports = reports(uid);
      if (!pod.ended()) {
        problems.add("pod " + pod.name() + " has not ended");
      } else if (reports != (pod.ours() ? 1 : 0)) {
        problems.add("pod " + pod.name() + " was reported " + reports + " times");
      }
    });
    if (jobs.containsValue(false)) {
      problems.add("not all Jobs have ended");
    }
    return problems;
  }

  private long reports(String uid) {
    return runs.stream().filter(run -> run.isOfPod(uid)).count();
  }

  private void stored(StoredRun run) {
    lock.lock();
    try {
      runs.add(run);
      onRun.accept(run);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void pod(JsonNode pod, boolean gone) {
    String phase = pod.path("status").path("phase").asString("");
    pods.put(
        uid(pod),
        new Seen(
            pod.path("metadata").path("name").asString(""),
            pod.path("spec").path("restartPolicy").asString("").equals("Never")
                && path.evaluate(pod).isPresent(),
            gone || phase.equals("Succeeded") || phase.equals("Failed")));
  }

  private void job(JsonNode job, boolean gone) {
    boolean ended = gone;
    for (JsonNode condition : job.path("status").path("conditions")) {
      String type = condition.path("type").asString("");
      ended |=
          condition.path("status").asString("").equals("True")
              && (type.equals("Complete") || type.equals("Failed"));
    }
    jobs.put(uid(job), ended);
  }

  private static String uid(JsonNode object) {
    return object.path("metadata").path("uid").asString("");
  }

  /// Takes an object that is there, or gone.
  private interface Taker {
    void take(JsonNode object, boolean gone);
  }

  private final class Sink implements ListWatch.Sink {
    private final Taker taker;

    Sink(Taker taker) {
      this.taker = taker;
    }

    @Override
    public void relisted(List<ObjectNode> objects) {
      objects.forEach(this::changed);
    }

    @Override
    public void changed(ObjectNode object) {
      take(object, false);
    }

    @Override
    public void gone(ObjectNode object) {
      take(object, true);
    }

    private void take(ObjectNode object, boolean gone) {
      lock.lock();
      try {
        taker.take(object, gone);
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }
}
