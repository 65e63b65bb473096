package io.multijob.sandbox.run;

import io.multijob.sandbox.run.backoff.Backoff;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/// What a [Runner] is made of.
///
/// @param nodeName the node that it is
/// @param directory where logs and the pods' own directories are; each pod's goes with the pod
/// @param cgroupRoot where control groups are mounted
/// @param path the directories in which containers find their commands, unless they say otherwise
/// @param startLines by container name, how a line begins by which a container of that name says
///   that it has started; the next one starts after it, or after five seconds
/// @param restartBackoff how long a container that failed waits, from its second restart on
public record RunnerConfig(
    String nodeName,
    Path directory,
    Path cgroupRoot,
    String path,
    Map<String, String> startLines,
    Backoff restartBackoff) {
  private static final String USUAL_PATH =
      "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

  public RunnerConfig {
    startLines = Map.copyOf(startLines);
  }

  /// A node called `sandbox` with this machine's control groups, this process's `PATH`, podmon's
  /// first line, and a kubelet's pauses.
  public static RunnerConfig in(Path directory) {
    return new RunnerConfig(
        "sandbox",
        directory,
        Path.of("/sys/fs/cgroup"),
        System.getenv().getOrDefault("PATH", USUAL_PATH),
        Map.of(PodmonInjection.CONTAINER, "podmon: watching"),
        new Backoff(Duration.ofSeconds(10), Duration.ofMinutes(5)));
  }

  public RunnerConfig withCgroupRoot(Path other) {
    return new RunnerConfig(nodeName, directory, other, path, startLines, restartBackoff);
  }

  public RunnerConfig withRestartBackoff(Backoff other) {
    return new RunnerConfig(nodeName, directory, cgroupRoot, path, startLines, other);
  }
}
