package io.multijob.sandbox.run.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.multijob.sandbox.run.group.Group;
import io.multijob.sandbox.run.group.GroupTree;
import io.multijob.sandbox.run.pod.Resources;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The process of one start of a container, with all processes that it makes, in a group of its
/// own.
///
/// Thread-safe, but [#await()] is for one thread, which must not be interrupted.
public final class ContainerProcess {
  /// What a runtime takes between a container's group and its program, at the least: runc sets up
  /// namespaces and mounts meanwhile. In it podmon, told of the new group, sets its watch on it.
  private static final Duration SETUP_TIME = Duration.ofMillis(40);

  private static final Logger LOG = LoggerFactory.getLogger(ContainerProcess.class);

  private static final Duration LOG_TIME = Duration.ofSeconds(2);

  private final Process process;
  private final Group group;
  private final LogPump log;
  private final StartLine startLine;
  private final Instant startedAt;

  private ContainerProcess(
      Process process, Group group, LogPump log, StartLine startLine, Instant startedAt) {
    this.process = process;
    this.group = group;
    this.log = log;
    this.startLine = startLine;
    this.startedAt = startedAt;
  }

  /// Starts containers' processes.
  ///
  /// @param groups where there are any
  public record Launcher(LaunchScript script, GroupTree groups) {

    /// Starts a process and puts it into `group`, which is made for it, just before it becomes the
    /// container's program: so the group's life and its figures are the program's.
    ///
    /// @param startLine how a line begins that says that it has started; empty for none
    /// @throws IOException if the machine refuses; nothing is left then
    public ContainerProcess start(
        Preparation.Ready ready, Resources resources, Group group, String startLine)
        throws IOException {
      Launch launch = ready.launch();
      Files.createFile(launch.files().message());
      Process process = process(launch);
      try {
        InputStream output = process.getInputStream();
        if (output.read() < 0) {
          throw new IOException("the launcher cannot be run: /bin/sh");
        }
        StartLine line = new StartLine(startLine);
        LogPump pump = new LogPump(output, launch.files(), line);
        pump.start();
        groups.staging().add(process.pid());
        group.create(resources);
        LockSupport.parkNanos(SETUP_TIME.toNanos());
        release(process, group.addAllButLast(process.pid()));
        return new ContainerProcess(process, group, pump, line, Instant.now());
      } catch (IOException e) {
        process.destroyForcibly();
        group.empty();
        group.remove();
        throw e;
      }
    }

    private Process process(Launch launch) throws IOException {
      ProcessBuilder builder =
          new ProcessBuilder(script.commandLine(launch.command(), launch.environment()))
              .directory(launch.directory().toFile())
              .redirectErrorStream(true);
      builder.environment().clear();
      builder.environment().putAll(launch.environment());
      return builder.start();
    }

    private static void release(Process process, Optional<Path> toJoin) throws IOException {
      try (OutputStream input = process.getOutputStream()) {
        input.write((toJoin.map(Path::toString).orElse("") + "\n").getBytes(UTF_8));
      }
    }
  }

  /// How the first process ended.
  ///
  /// @param exitCode 128 + n when signal n killed it
  /// @param oomKills how many of the container's processes the kernel has killed for its memory
  public record Exit(int exitCode, long oomKills, Instant at) {}

  public Instant startedAt() {
    return startedAt;
  }

  /// Waits for the line that says that it has started, for its end, or `atMost` so long.
  ///
  /// @return whether it waited for the time to pass in vain
  public boolean isLate(Duration atMost) throws InterruptedException {
    return startLine.isLate(atMost);
  }

  /// Waits for the first process to end, and kills what it leaves behind: what the end of a
  /// container's process namespace does. The group is still there then.
  public Exit await() throws InterruptedException {
    int exitCode = process.waitFor(); // the JDK says 128 + n as well
    Instant at = Instant.now();
    killRest();
    log.awaitEnd(LOG_TIME);
    return new Exit(exitCode, oomKills(), at);
  }

  /// Sends TERM to the first process. `Process.destroy` would close its output too.
  public void terminate() {
    process.toHandle().destroy();
  }

  /// Kills the first process; [#await()] sees to the others.
  public void kill() {
    process.toHandle().destroyForcibly();
  }

  /// Removes its group.
  public void removeGroup() {
    if (!group.remove()) {
      LOG.atWarn().addKeyValue("group", group).log("Control group cannot be removed");
    }
  }

  private void killRest() {
    if (!group.empty()) {
      LOG.atWarn().addKeyValue("group", group).log("Processes cannot be killed");
    }
    if (group.isNowhere()) {
      SessionProcesses.killAll(process.pid());
    }
  }

  private long oomKills() {
    try {
      return group.oomKills();
    } catch (IOException e) {
      LOG.atWarn().setCause(e).addKeyValue("group", group).log("OOM kills cannot be read");
      return 0;
    }
  }
}
