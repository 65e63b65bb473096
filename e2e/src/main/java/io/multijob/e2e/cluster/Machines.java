package io.multijob.e2e.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// The components and nodes of the cluster under test, where it is one of `e2e/cluster`: what a
/// test may stop, restart and look into. On any other cluster there is none.
public final class Machines {
  private static final int TIME_SECONDS = 300;

  private final Path tool;

  private Machines(Path tool) {
    this.tool = tool;
  }

  /// The cluster's tool, as the environment's `E2E_CLUSTER` names it.
  public static Optional<Machines> ofEnvironment() {
    String tool = System.getenv("E2E_CLUSTER");
    return tool == null || tool.isBlank()
        ? Optional.empty()
        : Optional.of(new Machines(Path.of(tool).toAbsolutePath()));
  }

  /// Kills a component with -9, starts it again and waits until it answers.
  ///
  /// @param component such as `apiserver`, `etcd`, `kubelet`
  public void restart(String component) throws IOException, InterruptedException {
    run("restart", component);
  }

  public void stop(String component) throws IOException, InterruptedException {
    run("stop", component);
  }

  /// Starts a component that was stopped, and waits until it answers.
  public void start(String component) throws IOException, InterruptedException {
    run("start", component);
  }

  /// Sends a component a signal, such as `STOP` and `CONT`.
  public void signal(String component, String signal) throws IOException, InterruptedException {
    run("signal", component, signal);
  }

  /// Gives the nodes an image.
  public void load(Path archive) throws IOException, InterruptedException {
    run("load", archive.toString());
  }

  /// Whether the node with cgroup v2 is there.
  public boolean hasV2Node() throws IOException, InterruptedException {
    return run("kubectl", "get", "nodes", "-o", "name").lines().anyMatch("node/127.0.0.2"::equals);
  }

  /// Runs a shell's command on the node with cgroup v2.
  ///
  /// @return what it printed
  public String onV2Node(String command) throws IOException, InterruptedException {
    return run("v2", command);
  }

  private String run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(tool.toString()));
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile("cluster", ".out");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      if (!process.waitFor(TIME_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IOException("%s did not end within %d s".formatted(command, TIME_SECONDS));
      }
      String printed = Files.readString(output, UTF_8);
      if (process.exitValue() != 0) {
        throw new IOException(
            "%s ended with %d: %s".formatted(command, process.exitValue(), printed));
      }
      return printed;
    } finally {
      Files.delete(output);
    }
  }
}
