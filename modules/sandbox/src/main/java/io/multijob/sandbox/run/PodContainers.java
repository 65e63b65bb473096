package io.multijob.sandbox.run;

import io.multijob.sandbox.run.group.Group;
import io.multijob.sandbox.run.pod.Container;
import io.multijob.sandbox.run.pod.ContainerSpec;
import io.multijob.sandbox.run.pod.Pod;
import io.multijob.sandbox.run.pod.Resources;
import io.multijob.sandbox.run.pod.Termination;
import io.multijob.sandbox.run.process.ContainerFiles;
import io.multijob.sandbox.run.process.ContainerProcess;
import io.multijob.sandbox.run.process.Preparation;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a pod has on this machine: a directory, a group, and the processes of its containers.
///
/// Used by the pod's worker only, but [#logOf(String)] by any.
final class PodContainers {
  private static final Logger LOG = LoggerFactory.getLogger(PodContainers.class);

  private final Pod pod;
  private final PodRuntime runtime;
  private final PodDirectory directory;
  private final Group group;
  private final Consumer<PodEvent> worker;
  private final Map<String, Path> logs = new ConcurrentHashMap<>();
  private final Map<String, ContainerProcess> processes = new HashMap<>();
  private final Map<String, ContainerRun> runs = new HashMap<>(); // being started, or running

  private Optional<String> obstacle = Optional.empty();

  /// @param worker is told how it goes with containers that were started
  PodContainers(Pod pod, PodRuntime runtime, Consumer<PodEvent> worker) {
    this.pod = pod;
    this.runtime = runtime;
    this.worker = worker;
    this.directory =
        new PodDirectory(
            runtime.config().directory().resolve("pods").resolve(pod.identity().uid()));
    this.group = runtime.launcher().groups().pod(pod.qos(), pod.identity().uid());
  }

  /// Makes the pod's directory and group. Where that fails, no container can be started.
  void setUp() {
    long cpuRequests =
        pod.containers().stream().mapToLong(spec -> spec.resources().cpuRequestMillis()).sum();
    try {
      directory.create();
      group.create(Resources.share(cpuRequests));
      group.passOnControllers();
    } catch (IOException e) {
      LOG.atWarn().setCause(e).addKeyValue("pod", pod.identity()).log("Pod cannot be set up");
      obstacle = Optional.of("the pod cannot be set up: " + e.getMessage());
    }
  }

  /// Starts a container. The worker is told that it runs and that it has ended, or only the latter.
  void start(Container container) {
    ContainerSpec spec = container.spec();
    if (obstacle.isPresent()) {
      Termination termination = Termination.notStarted("", obstacle.get(), Instant.now());
      worker.accept(new PodEvent.Ended(spec.name(), termination));
      return;
    }
    ContainerFiles files = directory.of(spec.name(), container.restarts());
    logs.put(spec.name(), files.log());
    String startLine = runtime.config().startLines().getOrDefault(spec.name(), "");
    ContainerRun run = new ContainerRun(spec, files, group, startLine, worker);
    runs.put(spec.name(), run);
    run.start(new Preparation(environment(), directory.home()), runtime.launcher(), runtime.gate());
  }

  void isRunning(String container, ContainerProcess process) {
    processes.put(container, process);
  }

  void hasEnded(String container) {
    processes.remove(container);
    runs.remove(container);
  }

  /// Whether a container is there or about to be.
  boolean isAnyActive() {
    return !runs.isEmpty();
  }

  void terminate(String container) {
    Optional.ofNullable(processes.get(container)).ifPresent(ContainerProcess::terminate);
  }

  void kill(String container) {
    Optional.ofNullable(processes.get(container)).ifPresent(ContainerProcess::kill);
  }

  /// Keeps those from being started that are not yet.
  void cancelStarts() {
    runs.values().forEach(ContainerRun::cancel);
  }

  void killAll() {
    cancelStarts();
    processes.values().forEach(ContainerProcess::kill);
  }

  /// Removes the pod's group, when its containers have ended.
  void removeGroup() {
    if (!group.remove()) {
      LOG.atWarn().addKeyValue("group", group).log("Control group cannot be removed");
    }
  }

  /// Removes the pod's directory with its logs.
  void removeDirectory() {
    try {
      directory.delete();
    } catch (IOException e) {
      LOG.atWarn().setCause(e).addKeyValue("pod", pod.identity()).log("Files of a pod are left");
    }
  }

  /// What the container's latest start has printed, if there was one.
  Optional<Path> logOf(String container) {
    return Optional.ofNullable(logs.get(container));
  }

  /// What an image and a runtime would set.
  private Map<String, String> environment() {
    return Map.of(
        "PATH", runtime.config().path(),
        "HOME", directory.home().toString(),
        "TMPDIR", directory.temporary().toString(),
        "HOSTNAME", pod.identity().name());
  }
}
