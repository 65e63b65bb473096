package io.multijob.e2e.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/// The groups of a pod on this machine, where its groups are v1 with the cgroupfs driver: read
/// again and again by a thread of its own.
public final class LocalGroups implements PodGroups {
  private static final Path ROOT = Path.of("/sys/fs/cgroup");
  private static final Duration PAUSE = Duration.ofMillis(1);

  private final String uid;
  private final Map<String, GroupReading> last = new ConcurrentHashMap<>();
  private final Thread thread = Thread.ofPlatform().name("group-reader").unstarted(this::run);

  private LocalGroups(String uid) {
    this.uid = uid;
  }

  /// Whether this machine is a node whose groups are so.
  public static boolean areHere() {
    return Files.isDirectory(ROOT.resolve("memory/kubepods"));
  }

  /// Follows those of the pod `uid`, which may come later.
  public static LocalGroups follow(String uid) {
    var groups = new LocalGroups(uid);
    groups.thread.start();
    return groups;
  }

  @Override
  public GroupReading finalReadingOf(String containerId) {
    GroupReading reading = last.get(containerId);
    if (reading == null) {
      throw new AssertionError("the group of " + containerId + " was never read");
    }
    return reading;
  }

  /// Kills what runs in the group of that container.
  public void kill(String containerId) throws IOException {
    Path group = find().orElseThrow().resolve(containerId);
    for (String process : read("memory", group.toString(), "cgroup.procs").lines().toList()) {
      ProcessHandle.of(Long.parseLong(process)).ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void run() {
    Optional<Path> pod = Optional.empty();
    while (!Thread.currentThread().isInterrupted()) {
      if (pod.isEmpty()) {
        pod = find();
      }
      pod.ifPresent(this::readAll);
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  /// Where the pod lies below each hierarchy.
  private Optional<Path> find() {
    return Stream.of("kubepods/besteffort", "kubepods/burstable", "kubepods")
        .map(level -> Path.of(level, "pod" + uid))
        .filter(path -> Files.isDirectory(ROOT.resolve("memory").resolve(path)))
        .findFirst();
  }

  private void readAll(Path pod) {
    File[] containers = ROOT.resolve("memory").resolve(pod).toFile().listFiles(File::isDirectory);
    if (containers == null) {
      return; // gone
    }
    for (File container : containers) {
      try {
        read(pod, container.getName());
      } catch (IOException e) {
        // It went while it was read: what was read before stands.
      }
    }
  }

  /// Reads the group; one without CPU time has not been entered yet.
  private void read(Path pod, String id) throws IOException {
    String name = pod + "/" + id;
    boolean empty = read("memory", name, "cgroup.procs").isEmpty();
    long cpu = Long.parseLong(read("cpuacct", name, "cpuacct.usage").strip());
    if (cpu > 0) {
      long peak = Long.parseLong(read("memory", name, "memory.max_usage_in_bytes").strip());
      long kills = FlatFile.value(read("memory", name, "memory.oom_control"), "oom_kill");
      last.put(id, new GroupReading(cpu, peak, kills, empty));
    }
  }

  private static String read(String hierarchy, String group, String file) throws IOException {
    try (var in = new FileInputStream(ROOT + "/" + hierarchy + "/" + group + "/" + file)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
