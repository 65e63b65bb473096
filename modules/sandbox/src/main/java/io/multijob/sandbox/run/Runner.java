package io.multijob.sandbox.run;

import com.sun.management.OperatingSystemMXBean;
import io.multijob.sandbox.api.PodLogs;
import io.multijob.sandbox.api.object.Json;
import io.multijob.sandbox.run.client.Answer;
import io.multijob.sandbox.run.client.ApiClient;
import io.multijob.sandbox.run.client.ListWatch;
import io.multijob.sandbox.run.client.Persistence;
import io.multijob.sandbox.run.client.ResourcePath;
import io.multijob.sandbox.run.group.GroupTree;
import io.multijob.sandbox.run.pod.Node;
import io.multijob.sandbox.run.process.ContainerProcess.Launcher;
import io.multijob.sandbox.run.process.LaunchScript;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/// The one node of a sandbox: binds each pod to itself, and runs it as its kubelet, with containers
/// as processes in control groups of their own.
///
/// Nothing is left of it when it is closed: no process, no control group. What a runner that
/// crashed has left is removed by the next one.
///
/// Thread-safe, but to be started once, and closed by the one who started it.
public final class Runner implements PodLogs, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Runner.class);

  private static final String ADDRESS = "127.0.0.1";
  private static final Duration CLOSE_TIME = Duration.ofSeconds(10);
  private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

  private final RunnerConfig config;
  private final Node node;
  private final GroupTree groups;
  private final LaunchScript script;
  private final Map<String, PodWorker> workers = new ConcurrentHashMap<>(); // by uid
  private final Deque<Runnable> closers = new ArrayDeque<>(); // used by the owner only

  /// Makes the upper control groups, as far as the machine lets it: see [#missing()].
  public Runner(RunnerConfig config) {
    this.config = config;
    this.node =
        new Node(
            config.nodeName(),
            ADDRESS,
            Runtime.getRuntime().availableProcessors(),
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize());
    this.groups = GroupTree.open(config.cgroupRoot());
    this.script = LaunchScript.findIn(config.path());
    closers.push(groups::close);
  }

  /// What cannot be measured here or does not hold, and how to get it: a line each for a person.
  public List<String> missing() {
    return groups.missing();
  }

  /// Whether containers have control groups, without which podmon has nothing to read.
  public boolean hasGroups() {
    return groups.hasGroups();
  }

  /// Joins the cluster of `apiServer` and runs its pods, until closed.
  public void start(URI apiServer) {
    ApiClient client = new ApiClient(apiServer);
    closers.push(client::close);
    closers.push(this::endPods);
    PodRuntime runtime =
        new PodRuntime(
            config, node, new Launcher(script, groups), StartGate.forCores(node.cores()), client);
    String mine = ResourcePath.withFields(ResourcePath.pods(), "spec.nodeName=" + node.name());
    ListWatch pods = new ListWatch(client, mine, new Pods(runtime));
    closers.push(pods::close);
    Binder binder = new Binder(client, node.name());
    closers.push(binder::close);
    Thread.ofVirtual().name("node").start(() -> register(client));
    pods.start();
    binder.start();
  }

  @Override
  public Optional<Path> logOf(String namespace, String pod, String container) {
    return workers.values().stream()
        .filter(worker -> worker.isFor(namespace, pod))
        .findFirst()
        .flatMap(worker -> worker.logOf(container));
  }

  /// Kills what still runs and removes the control groups; the last statuses are not told.
  @Override
  public void close() {
    while (!closers.isEmpty()) {
      closers.pop().run();
    }
  }

  private void register(ApiClient client) {
    try {
      Answer answer =
          Persistence.untilAnswered(
              () -> client.create(ResourcePath.nodes(), NodeDocument.of(node, Instant.now())));
      LOG.atDebug()
          .addKeyValue("node", node.name())
          .addKeyValue("answer", answer)
          .log("Node joined");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void endPods() {
    List<PodWorker> ending = new ArrayList<>(workers.values());
    ending.forEach(worker -> worker.tell(new PodEvent.Shutdown()));
    Instant end = Instant.now().plus(CLOSE_TIME);
    try {
      for (PodWorker worker : ending) {
        Duration left = Duration.between(Instant.now(), end);
        if (!worker.awaitEnd(left.isNegative() ? Duration.ZERO : left)) {
          LOG.atWarn().log("Pods did not end in time");
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// The pods that are bound to this node. Called on one thread.
  private final class Pods implements ListWatch.Sink {
    private final PodRuntime runtime;

    Pods(PodRuntime runtime) {
      this.runtime = runtime;
    }

    @Override
    public void relisted(List<ObjectNode> pods) {
      Set<String> left = new HashSet<>(workers.keySet());
      for (ObjectNode pod : pods) {
        left.remove(uid(pod));
        changed(pod);
      }
      left.forEach(this::end);
    }

    @Override
    public void changed(ObjectNode pod) {
      PodWorker worker = workers.get(uid(pod));
      if (worker != null) {
        worker.tell(new PodEvent.Observed(pod));
      } else if (!ENDED.contains(Json.text(pod, "status", "phase"))) {
        PodWorker started = new PodWorker(pod, runtime);
        workers.put(uid(pod), started);
        started.start();
      }
    }

    @Override
    public void gone(ObjectNode pod) {
      end(uid(pod));
    }

    private void end(String uid) {
      PodWorker worker = workers.remove(uid);
      if (worker != null) {
        worker.tell(new PodEvent.Gone());
      }
    }

    private static String uid(ObjectNode pod) {
      return Json.text(pod, "metadata", "uid");
    }
  }
}
