package io.multijob.podmon;

import io.multijob.cgroup.CgroupFiles;
import io.multijob.cgroup.CgroupWatch;
import io.multijob.cgroup.Group;
import io.multijob.cgroup.Hierarchy;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;

/// A pod's groups in memory, which change when the test says so, and the watch that tells of it.
final class FakeKernel implements CgroupFiles, CgroupWatch {
  static final Instant START = Instant.parse("2026-11-22T00:00:00Z");
  static final String OWN = "own";

  private final Map<Hierarchy, String> pod = new EnumMap<>(Hierarchy.class);
  private final Map<String, String> files = new TreeMap<>();
  private final Map<String, Instant> directories = new TreeMap<>();
  private final Set<String> watched = new HashSet<>();
  private final Queue<Changes> told = new ArrayDeque<>();
  private final List<Change> pending = new ArrayList<>();

  private Instant now = START;
  private boolean blind;
  private Runnable beforeReadingThePod = () -> {};
  private Duration asked = Duration.ZERO;

  /// A node with v2.
  static FakeKernel v2() {
    return new FakeKernel(Hierarchy.UNIFIED);
  }

  /// A node with v1 alone, which tells of no end.
  static FakeKernel v1() {
    return new FakeKernel(Hierarchy.CPU, Hierarchy.CPUACCT, Hierarchy.MEMORY);
  }

  private FakeKernel(Hierarchy... hierarchies) {
    for (Hierarchy hierarchy : hierarchies) {
      pod.put(hierarchy, "/" + hierarchy + "/pod");
      directories.put("/" + hierarchy + "/pod", START);
    }
    make(OWN);
    use(OWN, 0, 0);
    use("", 0, 0);
    enter(OWN);
    pending.clear();
  }

  PodGroups groups() {
    return new PodGroups(new Group(pod), List.of(OWN));
  }

  Instant now() {
    return now;
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  /// From now on no change is told, as where the system's inotify instances are used up.
  void goBlind() {
    blind = true;
  }

  void make(String name) {
    pod.values()
        .forEach(directory -> {
          directories.put(directory + "/" + name, now);
          if (watched.contains(directory)) {
            pending.add(new Change.Made(directory, name));
          }
        });
    populate(name, false);
  }

  void enter(String name) {
    populate(name, true);
  }

  void leave(String name) {
    populate(name, false);
  }

  void remove(String name) {
    pod.values()
        .forEach(directory -> {
          directories.remove(directory + "/" + name);
          files.keySet().removeIf(file -> file.startsWith(directory + "/" + name + "/"));
          pending.add(new Change.Removed(directory, name));
        });
  }

  void removePod() {
    pod.values().forEach(directory -> pending.add(new Change.Gone(directory)));
  }

  void missChanges() {
    pending.clear();
    pending.add(new Change.Missed());
  }

  /// Lets the group `name`, or the pod itself (empty), have used so much in all.
  void use(String name, long cpuMillis, long peakBytes) {
    file(Hierarchy.UNIFIED, name, "cpu.stat", "usage_usec " + cpuMillis * 1_000);
    file(Hierarchy.UNIFIED, name, "memory.peak", Long.toString(peakBytes));
    file(Hierarchy.CPUACCT, name, "cpuacct.usage", Long.toString(cpuMillis * 1_000_000));
    file(Hierarchy.MEMORY, name, "memory.max_usage_in_bytes", Long.toString(peakBytes));
  }

  void hold(String name, long bytes) {
    file(Hierarchy.UNIFIED, name, "memory.current", Long.toString(bytes));
    files.remove(path(Hierarchy.UNIFIED, name) + "/memory.peak");
  }

  void killForMemory(String name, long kills) {
    file(Hierarchy.UNIFIED, name, "memory.events", "oom_kill " + kills);
    file(Hierarchy.MEMORY, name, "memory.oom_control", "oom_kill " + kills);
  }

  void garble(String name) {
    file(Hierarchy.UNIFIED, name, "cpu.stat", "nonsense");
  }

  /// Has what happened since the last time told together.
  void tell() {
    told.add(new Changes(now, now, blind ? List.of(new Change.Missed()) : pending));
    pending.clear();
  }

  /// How long the last wait would have lasted at most.
  Duration asked() {
    return asked;
  }

  /// Lets something happen once, just before the pod's own figures are read.
  void beforeReadingThePod(Runnable happening) {
    beforeReadingThePod = happening;
  }

  @Override
  public String read(String path) throws IOException {
    if (pod.containsValue(path.substring(0, path.lastIndexOf('/')))) {
      Runnable happening = beforeReadingThePod;
      beforeReadingThePod = () -> {};
      happening.run();
    }
    String text = files.get(path);
    if (text == null) {
      throw new FileNotFoundException(path);
    }
    return text;
  }

  @Override
  public List<String> list(String directory) {
    return directories.keySet().stream()
        .filter(path -> path.startsWith(directory + "/"))
        .map(path -> path.substring(directory.length() + 1))
        .filter(name -> name.indexOf('/') < 0)
        .toList();
  }

  @Override
  public boolean isDirectory(String path) {
    return directories.containsKey(path);
  }

  @Override
  public Instant modified(String directory) throws IOException {
    Instant time = directories.get(directory);
    if (time == null) {
      throw new FileNotFoundException(directory);
    }
    return time;
  }

  @Override
  public boolean add(String directory) {
    if (blind || !directories.containsKey(directory)) {
      return false;
    }
    watched.add(directory);
    return true;
  }

  @Override
  public Changes await(Duration atMost) {
    asked = atMost;
    Changes next = told.poll();
    return next == null ? new Changes(now, now, List.of()) : next;
  }

  @Override
  public void close() {
    watched.clear();
  }

  private void populate(String name, boolean populated) {
    String directory = path(Hierarchy.UNIFIED, name);
    file(Hierarchy.UNIFIED, name, "cgroup.events", "populated " + (populated ? 1 : 0));
    for (Hierarchy hierarchy : List.of(Hierarchy.CPU, Hierarchy.CPUACCT, Hierarchy.MEMORY)) {
      file(hierarchy, name, "cgroup.procs", populated ? "4711\n" : "");
    }
    if (watched.contains(directory)) {
      pending.add(new Change.Written(directory, "cgroup.events"));
    }
  }

  private void file(Hierarchy hierarchy, String name, String file, String text) {
    if (pod.containsKey(hierarchy)) {
      files.put(path(hierarchy, name) + "/" + file, text);
    }
  }

  private String path(Hierarchy hierarchy, String name) {
    String directory = pod.getOrDefault(hierarchy, "");
    return name.isEmpty() ? directory : directory + "/" + name;
  }
}
