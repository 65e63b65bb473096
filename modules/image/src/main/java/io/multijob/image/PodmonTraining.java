package io.multijob.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Lets podmon measure a pod that there is not, so that Java keeps what it has loaded and linked
/// for it. The pod's groups are plain files: what podmon runs is the same, and no cgroup is needed
/// where images are built.
final class PodmonTraining {
  private static final String UID = "00000000-0000-0000-0000-000000000000";
  private static final Duration TIME = Duration.ofSeconds(60);

  /// Joins the group that podmon will find itself in.
  private static final String JOIN = "echo $$ > \"$GROUP/cgroup.procs\" && exec \"$@\"";

  private static final Map<String, String> GROUP_FILES =
      Map.of(
          "cgroup.procs", "",
          "cgroup.events", "populated 0\nfrozen 0\n",
          "cpu.stat", "usage_usec 1\nuser_usec 1\nsystem_usec 0\n",
          "memory.peak", "4096\n",
          "memory.events", "oom_kill 0\n");

  private final Path root;
  private final Path pod;

  private PodmonTraining(Path root) {
    this.root = root;
    this.pod = root.resolve("kubepods/pod" + UID);
  }

  /// Runs podmon once.
  ///
  /// @param directory where to make what it needs
  /// @param command how it is started; with a flag that makes Java keep what it has learnt
  /// @throws IOException if it does not end well
  static void run(Path directory, List<String> command) throws IOException, InterruptedException {
    var training = new PodmonTraining(directory.resolve("cgroup"));
    training.makeGroup(training.pod);
    Files.writeString(training.root.resolve("cgroup.controllers"), "cpu memory\n");
    Path own = training.makeGroup(training.pod.resolve("own"));
    training.measureOnePod(training.start(own, command));
  }

  private Process start(Path own, List<String> command) throws IOException {
    List<String> joining = new ArrayList<>(List.of("sh", "-c", JOIN, "sh"));
    joining.addAll(command);
    var builder = new ProcessBuilder(joining).redirectErrorStream(true);
    builder.environment().clear(); // as in a container: no locale, for one
    builder.environment().put("PATH", "/usr/bin:/bin");
    builder.environment().put("GROUP", own.toString());
    builder.environment().put("CGROUP_ROOT", root.toString());
    builder.environment().put("POD_UID", UID);
    builder.environment().put("TERMINATION_MESSAGE_PATH", root.resolve("message").toString());
    return builder.start();
  }

  private void measureOnePod(Process podmon) throws IOException, InterruptedException {
    try (var output = new BufferedReader(new InputStreamReader(podmon.getInputStream(), UTF_8))) {
      String line = output.readLine();
      if (line == null || !line.startsWith("podmon: watching pod")) {
        throw new IOException("podmon said: " + line);
      }
      Path job = makeGroup(pod.resolve("job"));
      Files.writeString(job.resolve("cgroup.events"), "populated 1\nfrozen 0\n");
      Files.writeString(job.resolve("cgroup.events"), "populated 0\nfrozen 0\n");
      Directories.delete(job);
      podmon.toHandle().destroy(); // the process's own way would close its output as well
      String rest = output.readAllAsString();
      if (!podmon.waitFor(TIME.toSeconds(), TimeUnit.SECONDS) || podmon.exitValue() != 0) {
        throw new IOException("podmon did not end well: " + rest);
      }
    } finally {
      podmon.destroyForcibly().waitFor();
    }
  }

  private Path makeGroup(Path group) throws IOException {
    Files.createDirectories(group);
    for (var file : GROUP_FILES.entrySet()) {
      Files.writeString(group.resolve(file.getKey()), file.getValue());
    }
    return group;
  }
}
