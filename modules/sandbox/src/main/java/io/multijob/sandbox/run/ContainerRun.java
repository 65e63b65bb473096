package io.multijob.sandbox.run;

import io.multijob.sandbox.run.group.Group;
import io.multijob.sandbox.run.pod.ContainerSpec;
import io.multijob.sandbox.run.pod.Termination;
import io.multijob.sandbox.run.process.ContainerFiles;
import io.multijob.sandbox.run.process.ContainerProcess;
import io.multijob.sandbox.run.process.ContainerProcess.Exit;
import io.multijob.sandbox.run.process.ContainerProcess.Launcher;
import io.multijob.sandbox.run.process.LastWords;
import io.multijob.sandbox.run.process.Preparation;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One start of a container, from its preparation to the removal of its group, on a thread of its
/// own. The thread is never interrupted: ending the process ends it.
final class ContainerRun {
  private static final Logger LOG = LoggerFactory.getLogger(ContainerRun.class);

  /// How long the group stays after the container's last process, as with a real runtime, in which
  /// the end goes from shim to daemon to `runc delete`. Podmon reads the last figures in this time.
  private static final Duration TEARDOWN = Duration.ofMillis(50);

  private static final Duration START_TIME = Duration.ofSeconds(5);
  private static final int ID_BYTES = 32;
  private static final int KILLED = 128 + 9;

  private final ContainerSpec spec;
  private final ContainerFiles files;
  private final Group pod;
  private final String startLine;
  private final Consumer<PodEvent> worker;
  private final AtomicBoolean cancelled = new AtomicBoolean();

  /// @param pod the group of the pod
  /// @param startLine how a line begins that says that it has started; empty for none
  /// @param worker is told how it goes
  ContainerRun(
      ContainerSpec spec,
      ContainerFiles files,
      Group pod,
      String startLine,
      Consumer<PodEvent> worker) {
    this.spec = spec;
    this.files = files;
    this.pod = pod;
    this.startLine = startLine;
    this.worker = worker;
  }

  /// Goes on its way, alone.
  ///
  /// @param gate is passed by a container that says when it has started
  void start(Preparation preparation, Launcher launcher, StartGate gate) {
    Thread.ofVirtual()
        .name("container " + spec.name())
        .start(
            () -> worker.accept(new PodEvent.Ended(spec.name(), run(preparation, launcher, gate))));
  }

  /// Does not make a process any more, if there is none yet.
  void cancel() {
    cancelled.set(true);
  }

  private Termination run(Preparation preparation, Launcher launcher, StartGate gate) {
    String id = nextId();
    try {
      return switch (preparation.prepare(spec.invocation(), spec.environment(), files)) {
        case Preparation.Unfit(String reason) -> notStarted(id, reason);
        case Preparation.Ready ready when startLine.isEmpty() ->
            end(id, launch(id, ready, launcher));
        case Preparation.Ready ready -> {
          ContainerProcess process;
          try (StartGate.Passage _ = gate.enter()) {
            process = launch(id, ready, launcher);
          }
          yield end(id, process);
        }
      };
    } catch (IOException | RuntimeException e) { // whatever happens, the worker is told of an end
      LOG.atWarn().setCause(e).addKeyValue("container", spec.name()).log("Container failed");
      return notStarted(id, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      throw new IllegalStateException("the thread of a container was interrupted", e);
    }
  }

  /// Makes the process, and waits until it has started.
  private ContainerProcess launch(String id, Preparation.Ready ready, Launcher launcher)
      throws IOException, InterruptedException {
    if (cancelled.get()) {
      throw new IOException("the pod has ended before its container was started");
    }
    ContainerProcess process = launcher.start(ready, spec.resources(), pod.child(id), startLine);
    worker.accept(new PodEvent.Running(spec.name(), id, process));
    if (process.isLate(START_TIME)) {
      LOG.atWarn().addKeyValue("container", spec.name()).log("Container did not say it started");
    }
    worker.accept(new PodEvent.Started(spec.name()));
    return process;
  }

  /// Waits for the end, and clears away.
  private Termination end(String id, ContainerProcess process) throws InterruptedException {
    Exit exit = process.await();
    Thread.sleep(TEARDOWN);
    process.removeGroup();
    String message = LastWords.of(files, spec.messages(), exit.exitCode());
    return new Termination(
        id, exit.exitCode(), reason(exit), message, process.startedAt(), exit.at());
  }

  private static Termination notStarted(String id, String reason) {
    return Termination.notStarted(id, reason, Instant.now());
  }

  /// A child that was killed for its memory, while the first process ended by itself, changes
  /// nothing: so it is on a node whose kubelet has `singleProcessOOMKill`, and on every v1 node.
  private static String reason(Exit exit) {
    if (exit.exitCode() == 0) {
      return "Completed";
    }
    return exit.exitCode() == KILLED && exit.oomKills() > 0 ? "OOMKilled" : "Error";
  }

  private static String nextId() {
    byte[] id = new byte[ID_BYTES];
    ThreadLocalRandom.current().nextBytes(id);
    return HexFormat.of().formatHex(id);
  }
}
