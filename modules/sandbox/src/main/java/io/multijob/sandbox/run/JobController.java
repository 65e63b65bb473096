package io.multijob.sandbox.run;

import io.multijob.sandbox.api.object.Json;
import io.multijob.sandbox.api.object.Meta;
import io.multijob.sandbox.run.backoff.Backoff;
import io.multijob.sandbox.run.client.ApiClient;
import io.multijob.sandbox.run.client.ListWatch;
import io.multijob.sandbox.run.client.ResourcePath;
import io.multijob.sandbox.run.job.JobPod;
import io.multijob.sandbox.run.job.Tally;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/// Makes the pods of Jobs, and says how far each Job has come: completions, parallelism, indexes,
/// the backoff limit with its pauses, deadlines, suspension, and the deletion of what has ended.
///
/// Unlike the real one it puts no finalizer on the pods: what it has counted lives as long as the
/// controller, and so does the API server of a sandbox.
///
/// Thread-safe, but to be started once. All that is done is done on the controller's own thread.
public final class JobController implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(JobController.class);

  private static final String JOB_LABEL = "batch.kubernetes.io/job-name";
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

  /// What the real one waits after failed pods.
  public static final Backoff USUAL_BACKOFF =
      new Backoff(Duration.ofSeconds(10), Duration.ofMinutes(10));

  private final Backoff backoff;
  private final BlockingQueue<Event> inbox = new LinkedBlockingQueue<>();
  private final Deque<Runnable> closers = new ArrayDeque<>(); // used by the owner only

  // Used by the controller's thread only.
  private final Set<Kind> listed = EnumSet.noneOf(Kind.class);
  private final Map<String, JobRun> jobs = new HashMap<>(); // by uid
  private final Map<String, Instant> due = new HashMap<>(); // when to look at which of them
  private final Map<String, Tally> tallies = new HashMap<>(); // by the Job's uid
  private final Map<String, String> jobOfPod = new HashMap<>(); // uids

  /// What the controller is told.
  private sealed interface Event {
    record Relisted(Kind kind, List<ObjectNode> objects) implements Event {}

    record Changed(Kind kind, ObjectNode object) implements Event {}

    record Gone(Kind kind, String uid) implements Event {}
  }

  private enum Kind {
    JOB,
    POD
  }

  /// One that is not started yet.
  ///
  /// @param backoff the pause before a pod that replaces failed ones, see [#USUAL_BACKOFF]
  public JobController(Backoff backoff) {
    this.backoff = backoff;
  }

  /// Looks after the Jobs of `apiServer`, until closed.
  public void start(URI apiServer) {
    ApiClient client = new ApiClient(apiServer);
    closers.push(client::close);
    Thread thread = Thread.ofVirtual().name("job-controller").start(() -> run(client));
    closers.push(() -> stop(thread));
    String pods = ResourcePath.withLabels(ResourcePath.pods(), JOB_LABEL);
    for (ListWatch listWatch :
        List.of(
            new ListWatch(client, ResourcePath.jobs(), new Inbox(Kind.JOB)),
            new ListWatch(client, pods, new Inbox(Kind.POD)))) {
      closers.push(listWatch::close);
      listWatch.start();
    }
  }

  /// Leaves Jobs and pods as they are.
  @Override
  public void close() {
    while (!closers.isEmpty()) {
      closers.pop().run();
    }
  }

  private static void stop(Thread thread) {
    thread.interrupt();
    try {
      if (!thread.join(STOP_TIMEOUT)) {
        LOG.atWarn().log("Job controller did not stop");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run(ApiClient client) {
    try {
      Instant next = Instant.MAX;
      while (true) {
        awaitEvents(next, client);
        next = runPass(Instant.now());
      }
    } catch (InterruptedException e) {
      LOG.atDebug().log("Job controller stopped");
    }
  }

  private void awaitEvents(Instant until, ApiClient client) throws InterruptedException {
    Event event =
        until.equals(Instant.MAX)
            ? inbox.take()
            : inbox.poll(Duration.between(Instant.now(), until).toNanos(), TimeUnit.NANOSECONDS);
    while (event != null) {
      take(event, client);
      event = inbox.poll();
    }
  }

  /// Looks at each Job that is due. Pods may be there that are not known before the first list.
  ///
  /// @return when to look again if nothing happens before
  private Instant runPass(Instant now) throws InterruptedException {
    if (listed.size() < Kind.values().length) {
      return Instant.MAX;
    }
    for (Map.Entry<String, JobRun> job : jobs.entrySet()) {
      if (!due.getOrDefault(job.getKey(), Instant.MIN).isAfter(now)) {
        due.put(job.getKey(), reconcile(job.getValue(), now));
      }
    }
    return due.values().stream().min(Instant::compareTo).orElse(Instant.MAX);
  }

  /// The one place that catches everything: no failure with one Job may end the loop.
  private static Instant reconcile(JobRun job, Instant now) throws InterruptedException {
    try {
      return job.reconcile(now).orElse(Instant.MAX);
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).addKeyValue("job", job).log("Job cannot be reconciled");
      return Instant.MAX;
    }
  }

  private void take(Event event, ApiClient client) {
    switch (event) {
      case Event.Relisted(Kind kind, List<ObjectNode> objects) -> {
        Set<String> left = new HashSet<>(kind == Kind.JOB ? jobs.keySet() : jobOfPod.keySet());
        for (ObjectNode object : objects) {
          left.remove(Json.text(object, "metadata", "uid"));
          take(new Event.Changed(kind, object), client);
        }
        left.forEach(uid -> take(new Event.Gone(kind, uid), client));
        listed.add(kind);
      }
      case Event.Changed(Kind kind, ObjectNode object) -> {
        switch (kind) {
          case JOB -> jobChanged(object, client);
          case POD -> podChanged(object);
        }
      }
      case Event.Gone(Kind kind, String uid) -> {
        switch (kind) {
          case JOB -> jobGone(uid);
          case POD -> podGone(uid);
        }
      }
    }
  }

  private void jobChanged(ObjectNode job, ApiClient client) {
    String uid = Json.text(job, "metadata", "uid");
    JobRun run = jobs.get(uid);
    if (run == null) {
      jobs.put(uid, new JobRun(job, tally(uid), client, backoff));
    } else {
      run.changed(job);
    }
    due.put(uid, Instant.MIN);
  }

  private void jobGone(String uid) {
    jobs.remove(uid);
    tallies.remove(uid);
    due.remove(uid);
  }

  private void podChanged(ObjectNode pod) {
    for (Meta.Owner owner : Meta.of(pod).owners()) {
      if (owner.kind().equals("Job")) {
        JobPod seen = JobPod.of(pod);
        jobOfPod.put(seen.uid(), owner.uid());
        tally(owner.uid()).put(seen);
        due.computeIfPresent(owner.uid(), (_, _) -> Instant.MIN);
      }
    }
  }

  private void podGone(String uid) {
    String job = jobOfPod.remove(uid);
    if (job == null) {
      return; // none of a Job's
    }
    tally(job).remove(uid);
    due.computeIfPresent(job, (_, _) -> Instant.MIN);
    if (!jobs.containsKey(job)) {
      tallies.remove(job);
    }
  }

  /// The pods of a Job may be seen before the Job, and after it.
  private Tally tally(String job) {
    return tallies.computeIfAbsent(job, _ -> new Tally());
  }

  /// Puts what one list-watch sees into the controller's inbox.
  private final class Inbox implements ListWatch.Sink {
    private final Kind kind;

    Inbox(Kind kind) {
      this.kind = kind;
    }

    @Override
    public void relisted(List<ObjectNode> objects) {
      inbox.add(new Event.Relisted(kind, objects));
    }

    @Override
    public void changed(ObjectNode object) {
      inbox.add(new Event.Changed(kind, object));
    }

    @Override
    public void gone(ObjectNode object) {
      inbox.add(new Event.Gone(kind, Json.text(object, "metadata", "uid")));
    }
  }
}
