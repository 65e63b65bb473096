package io.multijob.sandbox.run;

import io.multijob.sandbox.api.object.Json;
import io.multijob.sandbox.api.object.Meta;
import io.multijob.sandbox.run.pod.Action;
import io.multijob.sandbox.run.pod.Container;
import io.multijob.sandbox.run.pod.ContainerSpec;
import io.multijob.sandbox.run.pod.EnvVariable;
import io.multijob.sandbox.run.pod.Plan;
import io.multijob.sandbox.run.pod.Pod;
import io.multijob.sandbox.run.pod.PodReader;
import io.multijob.sandbox.run.pod.PodState;
import io.multijob.sandbox.run.pod.StatusWriter;
import io.multijob.sandbox.run.pod.Stop;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/// Runs one pod, from when it is bound to this node until its object is gone. What is done for the
/// pod is decided by its [Plan] and done on the worker's thread; what takes time is done by others,
/// who tell the worker. The thread is never interrupted: [PodEvent.Gone] and [PodEvent.Shutdown]
/// end it.
///
/// Thread-safe.
final class PodWorker {
  private static final Logger LOG = LoggerFactory.getLogger(PodWorker.class);

  private final Pod pod;
  private final PodRuntime runtime;
  private final PodContainers containers;
  private final StatusWriter statusWriter;
  private final StatusReporter reporter;
  private final BlockingQueue<PodEvent> inbox = new LinkedBlockingQueue<>();
  private final Thread thread;

  // What follows is used by the worker's thread only.
  private PodState state;
  private ObjectNode reported = Json.object();
  private Optional<Duration> activeDeadline = Optional.empty();
  private Optional<Duration> deletionGrace = Optional.empty();
  private Leave leave = Leave.NOT_YET;

  /// Why the worker is to end, if it is.
  private enum Leave {
    NOT_YET,
    POD_IS_GONE,
    SHUTDOWN
  }

  PodWorker(ObjectNode document, PodRuntime runtime) {
    this.runtime = runtime;
    this.pod = new PodReader(runtime.node()).read(document);
    this.containers = new PodContainers(pod, runtime, inbox::add);
    this.statusWriter = new StatusWriter(runtime.node());
    this.reporter = new StatusReporter(runtime.client(), pod.identity());
    this.state = PodState.begin(pod, Instant.now());
    this.thread = Thread.ofVirtual().name("pod " + pod.identity()).unstarted(this::run);
    inbox.add(new PodEvent.Observed(document));
  }

  void start() {
    reporter.start();
    thread.start();
  }

  void tell(PodEvent event) {
    inbox.add(event);
  }

  boolean isFor(String namespace, String name) {
    return pod.identity().namespace().equals(namespace) && pod.identity().name().equals(name);
  }

  /// What the container's latest start has printed, if there was one.
  Optional<Path> logOf(String container) {
    return containers.logOf(container);
  }

  /// Waits for the end of a worker that was told to.
  ///
  /// @return whether it has ended
  boolean awaitEnd(Duration atMost) throws InterruptedException {
    return thread.join(atMost);
  }

  private void run() {
    containers.setUp();
    try {
      while (leave == Leave.NOT_YET || containers.isAnyActive()) {
        nextEvent().ifPresent(this::take);
        if (leave == Leave.NOT_YET) {
          act();
          report();
        }
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("a pod's worker was interrupted", e);
    }
    reporter.stop();
    containers.removeGroup();
    if (leave == Leave.POD_IS_GONE) {
      containers.removeDirectory();
    }
  }

  /// What happens next; nothing if it is only time to look again.
  private Optional<PodEvent> nextEvent() throws InterruptedException {
    Instant now = Instant.now();
    Optional<Instant> wakeUp =
        Stream.concat(Plan.of(state, now).next().stream(), deadline().stream())
            .min(Instant::compareTo);
    if (wakeUp.isEmpty() || leave != Leave.NOT_YET) {
      return Optional.of(inbox.take());
    }
    long nanos = Duration.between(now, wakeUp.get()).toNanos();
    return Optional.ofNullable(inbox.poll(nanos, TimeUnit.NANOSECONDS));
  }

  private void take(PodEvent event) {
    switch (event) {
      case PodEvent.Observed(ObjectNode document) -> observe(document);
      case PodEvent.Gone() -> leave(Leave.POD_IS_GONE);
      case PodEvent.Shutdown() -> leave(Leave.SHUTDOWN);
      case PodEvent.Running running -> {
        containers.isRunning(running.container(), running.process());
        Instant at = running.process().startedAt();
        change(running.container(), container -> container.running(running.id(), at));
        if (leave != Leave.NOT_YET) {
          containers.killAll();
        }
      }
      case PodEvent.Started(String container) -> change(container, Container::started);
      case PodEvent.Ended ended -> {
        containers.hasEnded(ended.container());
        state =
            state.ended(ended.container(), ended.termination(), runtime.config().restartBackoff());
      }
    }
  }

  private void leave(Leave why) {
    leave = why;
    containers.killAll();
  }

  /// A pod that is being deleted ends within the grace period that its deletion has, and a new,
  /// shorter one counts. How long it may run can change too.
  private void observe(ObjectNode document) {
    activeDeadline = PodReader.activeDeadline(document);
    Meta meta = Meta.of(document);
    Duration grace = Duration.ofSeconds(meta.deletionGracePeriodSeconds());
    if (meta.isDeleting() && !deletionGrace.equals(Optional.of(grace))) {
      boolean first = deletionGrace.isEmpty();
      deletionGrace = Optional.of(grace);
      stop(Stop.Reason.DELETED, grace);
      if (first && state.isFinished()) {
        reporter.letGo();
      }
    }
  }

  private void act() {
    if (deadline().filter(at -> !at.isAfter(Instant.now())).isPresent()) {
      stop(Stop.Reason.DEADLINE_EXCEEDED, pod.grace());
    }
    List<Action> actions = Plan.of(state, Instant.now()).actions();
    while (!actions.isEmpty()) {
      actions.forEach(this::perform);
      actions = Plan.of(state, Instant.now()).actions();
    }
  }

  private void perform(Action action) {
    switch (action) {
      case Action.Start(String name) -> start(state.container(name));
      case Action.StopAll() -> stop(Stop.Reason.OVER, pod.grace());
      case Action.Terminate(String name, Instant killAt) -> {
        containers.terminate(name);
        change(name, container -> container.stopping(killAt));
      }
      case Action.Kill(String name) -> {
        containers.kill(name);
        change(name, Container::killed);
      }
      case Action.Finish() -> {
        containers.removeGroup();
        state = state.finished();
      }
    }
  }

  private void start(Container container) {
    Optional<String> missing = missingVariable(container.spec());
    if (missing.isPresent()) {
      change(container.name(), each -> each.refused("CreateContainerConfigError", missing.get()));
    } else {
      change(container.name(), Container::starting);
      containers.start(container);
    }
  }

  private static Optional<String> missingVariable(ContainerSpec spec) {
    return spec.environment().stream()
        .flatMap(variable ->
            switch (variable) {
              case EnvVariable.Missing(_, String reason) -> Stream.of(reason);
              case EnvVariable.Plain _, EnvVariable.Taken _ -> Stream.<String>empty();
            })
        .findFirst();
  }

  /// When the pod has been active for as long as it may, if that can still happen.
  private Optional<Instant> deadline() {
    return state.stop().isPresent()
        ? Optional.empty()
        : activeDeadline.map(state.startTime()::plus);
  }

  private void stop(Stop.Reason reason, Duration grace) {
    if (!state.isFinished()) {
      state = state.stopping(new Stop(reason, Instant.now().plus(grace)));
      containers.cancelStarts();
    }
  }

  private void change(String container, UnaryOperator<Container> change) {
    state = state.with(container, change);
  }

  private void report() {
    ObjectNode status = statusWriter.write(state, Instant.now());
    if (status.equals(reported)) {
      return;
    }
    reported = status;
    reporter.report(status);
    if (state.isFinished()) {
      LOG.atInfo()
          .addKeyValue("pod", pod.identity())
          .addKeyValue("phase", Json.text(status, "phase"))
          .log("Pod ended");
      if (deletionGrace.isPresent()) {
        reporter.letGo();
      }
    }
  }
}
