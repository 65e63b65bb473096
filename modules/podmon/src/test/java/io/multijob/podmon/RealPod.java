package io.multijob.podmon;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.multijob.cgroup.Group;
import io.multijob.cgroup.Hierarchy;
import io.multijob.cgroup.HostFiles;
import io.multijob.cgroup.Mounts;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// A pod on this machine's own cgroups, laid out as a kubelet does, with the built podmon in it as
/// a process of its own.
final class RealPod {
  private static final String ROOT = "/sys/fs/cgroup";
  private static final String MONITOR = "monitor";

  /// Joins the groups, and only then starts anything, so that what is started is counted whole.
  private static final String JOIN =
      "for group in $GROUPS; do echo $$ > $group/cgroup.procs || exit 99; done; ";

  private final String uid = UUID.randomUUID().toString();
  private final Path message;
  private final Group branch;
  private final Group pod;
  private final List<Group> made = new ArrayList<>();
  private final List<Process> processes = new ArrayList<>();

  private RealPod(Path directory, Map<Hierarchy, String> roots) {
    this.message = directory.resolve("termination-log");
    this.branch = new Group(roots).child("multijob-" + uid);
    this.pod = branch.child("kubepods").child("besteffort").child("pod" + uid);
  }

  /// Makes a pod in these hierarchies, or has the test skipped where that cannot be.
  static RealPod make(Path directory, Hierarchy... hierarchies) throws IOException {
    Map<Hierarchy, String> roots = new EnumMap<>(Hierarchy.class);
    Mounts mounts = Mounts.detect(new HostFiles(), ROOT);
    for (Hierarchy hierarchy : hierarchies) {
      String root = mounts.roots().get(hierarchy);
      assumeTrue(root != null, "this machine has no " + hierarchy + " hierarchy");
      roots.put(hierarchy, String.valueOf(root));
    }
    var real = new RealPod(directory, roots);
    for (Group group :
        List.of(
            real.branch,
            real.branch.child("kubepods"),
            real.branch.child("kubepods").child("besteffort"),
            real.pod,
            real.pod.child(MONITOR))) {
      boolean isMade = real.mkdir(group);
      assumeTrue(isMade, "no permission to make groups: run as root");
    }
    return real;
  }

  String uid() {
    return uid;
  }

  /// Starts podmon in its group and returns when it watches.
  Process startPodmon(Map<String, String> environment) throws IOException {
    String classes = System.getProperty("java.class.path");
    String java =
        Path.of(System.getProperty("java.home"), "bin", "java")
            + " -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xshare:auto -Xmx16m -cp "
            + classes
            + " io.multijob.podmon.Podmon";
    var builder = new ProcessBuilder("bash", "-c", JOIN + "exec " + java);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("GROUPS", directories(pod.child(MONITOR)));
    builder.environment().put("OPTUNE_SELF_ID", uid);
    builder.environment().put("TERMINATION_MESSAGE_PATH", message.toString());
    builder.environment().putAll(environment);
    Process process = builder.start();
    processes.add(process);
    var output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    String line = output.readLine();
    if (line == null || !line.startsWith("podmon: watching")) {
      throw new AssertionError("podmon said: " + line);
    }
    return process;
  }

  /// Makes the group of the container `id`.
  Container makeContainer(String id) {
    Group group = pod.child(id);
    Instant now = Instant.now();
    if (!mkdir(group)) {
      throw new AssertionError("cannot make " + group);
    }
    return new Container(group, now);
  }

  /// What podmon's termination message says, once it says `expected`.
  String message(String expected) throws IOException {
    Instant deadline = Instant.now().plus(Duration.ofSeconds(10));
    String text = "";
    while (Instant.now().isBefore(deadline)) {
      text = Files.exists(message) ? Files.readString(message) : "";
      if (text.contains(expected) && text.endsWith("}")) {
        return text;
      }
      LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
    }
    throw new AssertionError("no '" + expected + "' in: " + text);
  }

  /// Ends podmon as the kubelet does, and gives its exit code.
  static int terminate(Process podmon) throws InterruptedException {
    podmon.destroy();
    return exit(podmon);
  }

  static int exit(Process podmon) throws InterruptedException {
    if (!podmon.waitFor(20, TimeUnit.SECONDS)) {
      throw new AssertionError("podmon has not ended");
    }
    return podmon.exitValue();
  }

  /// Kills what still runs and removes all groups.
  void remove() throws InterruptedException {
    for (Process process : processes) {
      process.destroyForcibly().waitFor();
    }
    for (Group group : made.reversed()) {
      remove(group);
    }
  }

  private boolean mkdir(Group group) {
    made.add(group);
    boolean isMade = true;
    for (String directory : group.directories().values()) {
      isMade &= new File(directory).mkdir();
    }
    return isMade;
  }

  /// A process that has just ended keeps its group busy for some microseconds more.
  private static void remove(Group group) {
    Instant deadline = Instant.now().plus(Duration.ofSeconds(5));
    for (String directory : group.directories().values()) {
      var file = new File(directory);
      while (file.exists() && !file.delete() && Instant.now().isBefore(deadline)) {
        LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
      }
    }
  }

  private static String directories(Group group) {
    // The unified hierarchy last: it tells of the first process, which then is in all of them.
    return String.join(
        " ",
        group.directories().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(Map.Entry::getValue)
            .toList());
  }

  /// One of the pod's containers.
  final class Container {
    private final Group group;
    private final Instant made;

    private Container(Group group, Instant made) {
      this.group = group;
      this.made = made;
    }

    /// When its group was made.
    Instant made() {
      return made;
    }

    void limitMemory(long bytes) throws IOException {
      String memory = group.in(Hierarchy.MEMORY).orElseThrow();
      Files.writeString(Path.of(memory, "memory.limit_in_bytes"), Long.toString(bytes));
    }

    /// Starts `script` in bash.
    Process start(String script) throws IOException {
      var builder =
          new ProcessBuilder(
              "bash", "-c", JOIN + "started=$EPOCHREALTIME; " + script + "; " + Truth.TELL);
      builder.redirectError(ProcessBuilder.Redirect.INHERIT);
      builder.environment().put("GROUPS", directories(group));
      Process process = builder.start();
      processes.add(process);
      return process;
    }

    /// Runs `script` to its end.
    Truth run(String script) throws IOException, InterruptedException {
      Process process = start(script);
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      int exit = process.waitFor();
      if (exit != 0) {
        throw new AssertionError("exit code " + exit + " of " + script);
      }
      return Truth.parse(output);
    }

    /// Removes the group, as the runtime does.
    void remove() {
      RealPod.remove(group);
    }
  }
}
